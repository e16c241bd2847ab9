/**
 * A QMP server that is no QEMU: a program of the test's host that answers from a table, or answers oddly.
 *
 * The recorder's own, which stood in for qemu-system-x86_64 before the real libvirtd 9.0.
 */
import { failed } from '../../sim/kernel/errno.ts';
import { command, type Program, type Sys } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { becomeParent, daemonPipe, detach } from '../../sim/qemu/daemonize.ts';

type Reply = Readonly<Record<string, unknown>>;

export type Oddity = Readonly<{
  /** What `-accel kvm` would come to. */
  kvm?: boolean;
  /** Command -> another reply; `_raw` is written as it stands, CLOSE hangs up. */
  override?: Readonly<Record<string, Reply | 'CLOSE'>>;
  greeting_raw?: string;
  /** The command whose reply bears another id. */
  badid?: string;
  event_before?: boolean;
}>;

export type Table = Readonly<Record<string, unknown>>;

const greeting = {
  QMP: {
    version: { qemu: { micro: 22, minor: 2, major: 7 }, package: 'fake' },
    capabilities: ['oob'],
  },
};
const event = {
  timestamp: { seconds: 1, microseconds: 2 },
  event: 'RTC_CHANGE',
  data: { offset: 0 },
};

/** As Python writes JSON, which error texts quote. */
const spaced = (json: unknown): string =>
  JSON.stringify(json, null, 1)
    .replace(/\n */g, ' ')
    .replace(/([[{]) /g, '$1')
    .replace(/ ([\]}])/g, '$1');

type Request = Readonly<{ execute: string; arguments?: Record<string, unknown>; id?: string }>;

function usual(table: Table, enabled: boolean, { execute, arguments: args }: Request): Reply {
  if (execute === 'query-kvm') return { return: { enabled, present: true } };
  if (execute === 'qmp_capabilities') return { return: {} };
  if (execute in table) return { return: table[execute] };
  if (execute === 'qom-list-properties') return { return: [] };
  const [kind, desc] =
    execute === 'device-list-properties'
      ? ['DeviceNotFound', `Device '${Object.values(args ?? {})[0]}' not found`]
      : ['CommandNotFound', `The command ${execute} has not been found`];
  return { error: { class: kind, desc } };
}

/** One reply as text; null: hang up. */
function answer(odd: Oddity, table: Table, enabled: boolean, line: string): string | null {
  const request: Request = JSON.parse(line);
  const { execute, id } = request;
  const reply = odd.override?.[execute] ?? usual(table, enabled, request);
  if (reply === 'CLOSE') return null;
  if (typeof reply['_raw'] === 'string') return reply['_raw'];
  const before = odd.event_before ? `${spaced(event)}\r\n` : '';
  const named = {
    ...reply,
    ...(id === undefined ? {} : { id: odd.badid === execute ? 'bogus' : id }),
  };
  return `${before}${spaced(named)}\r\n`;
}

function* serve(client: number, odd: Oddity, table: Table, enabled: boolean): Sys<void> {
  yield* sys.write(client, odd.greeting_raw ?? `${spaced(greeting)}\r\n`);
  let buffer = '';
  for (;;) {
    const end = buffer.indexOf('\n');
    if (end < 0) {
      const more = yield* sys.read(client);
      if (failed(more) || more === '') return;
      buffer += more;
      continue;
    }
    const text = answer(odd, table, enabled, buffer.slice(0, end));
    buffer = buffer.slice(end + 1);
    if (text === null) return;
    yield* sys.write(client, text);
  }
}

export const oddQemu = (odd: Oddity, table: Table): Program =>
  command(function* (start) {
    const after = (option: string) => start.argv[start.argv.indexOf(option) + 1] ?? '';
    const told = daemonPipe(start);
    if (told === null) return yield* becomeParent(start, []);
    const [, path = ''] = /^unix:(.*?),server/.exec(after('-qmp')) ?? [];
    const listener = yield* sys.listen(path, 1);
    if (failed(listener)) return 1;
    yield* sys.writeFile(after('-pidfile'), `${yield* sys.getpid()}\n`);
    yield* detach(told);
    const client = yield* sys.accept(listener);
    if (failed(client)) return 1;
    const enabled = after('-machine').includes('kvm') && odd.kvm !== false;
    yield* serve(client, odd, table, enabled);
    return 0;
  });
