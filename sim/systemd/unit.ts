/**
 * A unit file, as far as starting and stopping a service needs it.
 *
 * Models: systemd v219 src/core/load-fragment.c (Description, ExecStart, Type, WantedBy), service.c
 * Leaves out: dependencies other than boot order, sockets, timers, resource control.
 */
export type Unit = Readonly<{
  name: string;
  path: string;
  description: string;
  exec: readonly string[];
  /** oneshot: started means finished. */
  type: string;
  wantedBy: string | null;
  /** Restart=: `no`, `on-failure`, `always`. */
  restart: string;
  environment: Readonly<Record<string, string>>;
  /** ConditionDirectoryNotEmpty=|...: one of these has to hold something; [] for no condition. */
  wantsOneOf: readonly string[];
}>;

/** The keys of an INI text, sections merged; later keys win. */
export function parseUnit(name: string, path: string, text: string): Unit {
  const keys: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, key, value] = /^([A-Za-z]+)\s*=\s*(.*)$/.exec(line.trim()) ?? [];
    if (key !== undefined && value !== undefined) keys[key] = value;
  }
  const conditions = [...text.matchAll(/^ConditionDirectoryNotEmpty=\|?(\S+)$/gm)];
  const pairs = (keys['Environment'] ?? '').split(/\s+/).filter((pair) => pair.includes('='));
  return {
    name,
    path,
    description: keys['Description'] ?? name,
    exec: (keys['ExecStart'] ?? '')
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('$')),
    type: keys['Type'] ?? 'simple',
    wantedBy: keys['WantedBy'] ?? null,
    restart: keys['Restart'] ?? 'no',
    environment: Object.fromEntries(
      pairs.map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']),
    ),
    wantsOneOf: conditions.map(([, directory = '']) => directory),
  };
}
