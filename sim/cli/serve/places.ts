/**
 * The directory that a served host's sockets and shims are in: made, named, removed.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { clientText, ON_HOST, scriptText, shimmed } from '../../gateway/shim.ts';
import { usageError } from '../../host/usage.ts';

export type Places = Readonly<{
  dir: string;
  socket: string;
  readonlySocket: string;
  qmp: string;
  host: string;
  bin: string;
  /** What the user has at home on the host, as files. */
  home: string;
  uri: string;
  shims: readonly string[];
  /** Removes what was made, and nothing that somebody has put beside it. */
  remove: () => void;
}>;

/** sizeof(sun_path), its NUL counted. */
const SUN_PATH = process.platform === 'linux' ? 108 : 104;
const LONGEST = 'libvirt-sock-ro';

const reason = (error: unknown): string =>
  error instanceof Error
    ? error.message.replace(/^[A-Z]+: /, '').replace(/, \w+ '.*$/, '')
    : String(error);

function refuseLong(dir: string): void {
  const length = Buffer.byteLength(join(dir, LONGEST)) + 1;
  if (length > SUN_PATH)
    throw usageError(
      `${dir} is too long for a Unix socket: ${LONGEST} in it would need ${length} bytes, and there are ${SUN_PATH}. Choose another with --dir.`,
    );
}

/** Whether the directory is ours to remove. */
function makeDirectory(given: string | undefined): Readonly<{ dir: string; made: boolean }> {
  if (given === undefined) {
    refuseLong(join(tmpdir(), 'kvmlab-serve-XXXXXX'));
    return { dir: mkdtempSync(join(tmpdir(), 'kvmlab-serve-')), made: true };
  }
  const dir = resolve(given);
  refuseLong(dir);
  try {
    const made = !existsSync(dir);
    if (made) mkdirSync(dir, { mode: 0o700 });
    if (readdirSync(dir).length > 0)
      throw usageError(
        `${dir} is not empty: another host may be served there. Choose an empty directory or a new one.`,
      );
    chmodSync(dir, 0o700);
    return { dir, made };
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw usageError(`${dir}: ${reason(error)}.`);
    throw error;
  }
}

/** The first program of this name on this computer's own PATH. */
export function realProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A real virsh is what this is for; without one the simulated one takes its place. */
const shimNames = (): readonly string[] => [
  ON_HOST,
  ...shimmed.filter((name) => name !== 'virsh' || realProgram('virsh') === null),
];

const uriOf = (socket: string): string =>
  `qemu+unix:///system?socket=${encodeURIComponent(socket).replaceAll('%2F', '/')}`;

const hidden = (socket: string): string => `${socket}.down`;

/** A socket is there for clients exactly while somebody listens behind it on the host; it stays open meanwhile. */
export function showSocket(socket: string, there: boolean): void {
  if (existsSync(socket) === there) return;
  if (there) renameSync(hidden(socket), socket);
  else renameSync(socket, hidden(socket));
}

function fill(
  { bin, home, shims }: Omit<Places, 'remove'>,
  client: string,
  files: Readonly<Record<string, string>>,
): void {
  for (const folder of [bin, home]) mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  writeFileSync(client, clientText);
  for (const name of shims)
    writeFileSync(join(bin, name), scriptText(process.execPath, client, name), { mode: 0o755 });
}

export function makePlaces(
  given: string | undefined,
  files: Readonly<Record<string, string>>,
): Places {
  const { dir, made } = makeDirectory(given);
  const at = (name: string) => join(dir, name);
  const socket = at('libvirt-sock');
  const names = shimNames();
  const places = {
    dir,
    socket,
    readonlySocket: at(LONGEST),
    qmp: at('qmp.sock'),
    host: at('host.sock'),
    bin: at('bin'),
    home: at('home'),
    uri: uriOf(socket),
    shims: names,
  };
  const client = at('shim.cjs');
  const remove = () => {
    const sockets = [places.socket, places.readonlySocket];
    const ours = [...sockets, ...sockets.map(hidden), places.qmp, places.host, places.bin];
    for (const path of [...ours, places.home, client])
      rmSync(path, { recursive: true, force: true });
    if (made && readdirSync(dir).length === 0) rmSync(dir, { recursive: true });
  };
  try {
    fill(places, client, files);
  } catch (error) {
    remove();
    throw usageError(`${dir} cannot be filled: ${reason(error)}.`);
  }
  return { ...places, remove };
}
