/**
 * Programs of the simulated host on a real PATH: a small script for each name, one client for all of them.
 *
 * A script sends its arguments to the server, and its standard input if the program turns out to read it; it shows
 * what comes back and exits with its status. Programs that scripts use on their own files and text (sh, cat, grep, cp)
 * are not taken: a line for the host's own shell goes through `on-host`.
 */

/** What a shim asks; then, when it is told to, what it has read. */
export type ShimRequest = Readonly<{
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  terminal: boolean;
}>;

export const ON_HOST = 'on-host';

/** Programs whose subject is the host. */
export const shimmed: readonly string[] = (
  '[ chacl chgrp chmod chown chvt depmod dmesg getent getfacl getfattr gpasswd groupadd groupdel groupmod groups ' +
  'halt hostname id insmod journalctl kill loginctl ls lsmod mknod modinfo modprobe mount nproc pgrep pidof pkill ' +
  'poweroff ps qemu-kvm qemu-system-x86_64 reboot rmmod rpm runuser setfacl setfattr setpriv shutdown stat su sudo ' +
  'systemctl test udevadm uname uptime useradd userdel usermod virsh virt-host-validate who whoami yum'
).split(' ');

/** What crosses from the environment: how the host's programs speak, and nothing that belongs to this computer. */
const crossing =
  /^(LANG|LC_[A-Z]+|POSIXLY_CORRECT|SYSTEMD_[A-Z_]+|TIME_STYLE|VIRSH_DEFAULT_CONNECT_URI)$/;

export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The line that the host's shell is given. */
export function lineOf({ argv, env }: ShimRequest): string {
  const [name = '', ...args] = argv;
  if (name === ON_HOST) return args.join(' ');
  const before = Object.entries(env)
    .filter(([variable]) => crossing.test(variable))
    .map(([variable, value]) => `${variable}=${quoted(value)} `);
  return `${before.join('')}${[name, ...args].map(quoted).join(' ')}`;
}

/** Null for what is no request. */
export function readRequest(line: string): ShimRequest | null {
  try {
    const { argv, env = {}, terminal } = JSON.parse(line) as Partial<ShimRequest>;
    const strings = (values: readonly unknown[]) => values.every((v) => typeof v === 'string');
    const whole = Array.isArray(argv) && strings(argv) && strings(Object.values(env));
    return whole ? { argv, env, terminal: terminal === true } : null;
  } catch {
    return null;
  }
}

/** What a shim has read, for a program that wants it; nothing, if the line says nothing of the kind. */
export function readInput(line: string): string {
  try {
    const { stdin } = JSON.parse(line) as { stdin?: unknown };
    return typeof stdin === 'string' ? stdin : '';
  } catch {
    return '';
  }
}

/** The script behind each name. `node` and `client` are paths on this computer. */
export const scriptText = (node: string, client: string, name: string): string =>
  `#!/bin/sh\nexec ${quoted(node)} ${quoted(client)} ${quoted(name)} "$@"\n`;

/** What the scripts run: it needs nothing but Node. */
export const clientText = `// Sends a command line to the simulated host behind host.sock, and shows what it answers.
const { connect } = require('node:net');
const { join } = require('node:path');
const socket = connect(join(__dirname, 'host.sock'));
const say = (value) => socket.write(JSON.stringify(value) + '\\n');
const fail = (why) => {
  process.stderr.write('kvmlab: ' + why + '\\n');
  process.exit(255);
};
let heard = '';
const take = ({ wants, chunks, status }) => {
  if (wants) {
    let text = '';
    process.stdin.setEncoding('utf8').on('data', (more) => (text += more)).on('end', () => say({ stdin: text }));
    return;
  }
  for (const { stream, text } of chunks) (stream === 1 ? process.stdout : process.stderr).write(text);
  process.exitCode = status;
  socket.end();
};
socket.setEncoding('utf8');
socket.on('error', () => fail('the simulated host is not being served any more'));
socket.on('end', () => process.exitCode ?? fail('the simulated host has hung up'));
socket.on('data', (more) => {
  const lines = (heard + more).split('\\n');
  heard = lines.pop();
  for (const line of lines) take(JSON.parse(line));
});
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit());
say({ argv: process.argv.slice(2), env: process.env, terminal: process.stdout.isTTY === true });
`;
