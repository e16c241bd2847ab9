/**
 * What one step changed, as a table of before and after.
 */
import type { Words } from '../../sim/play/scenario.ts';
import type { Frame, NodeView } from './item.ts';

export type Change = Readonly<{ what: Words; before: Words; after: Words }>;

const same = (text: string): Words => ({ en: text, zh: text });
const nothing = same('-');
const opens: Words = { en: 'opens', zh: '可打开' };

function nodeChanges(a: NodeView | null, b: NodeView | null): Change[] {
  const line = (node: NodeView | null) =>
    node ? same(`${node.mode} ${node.owner}:${node.group}`) : nothing;
  const acl = (node: NodeView | null) =>
    node ? same(node.rows.map(({ text }) => text).join(' ')) : nothing;
  const ctime = (node: NodeView | null) => (node ? same(String(node.ctime)) : nothing);
  return [
    { what: same('/dev/kvm'), before: line(a), after: line(b) },
    { what: same('ACL'), before: acl(a), after: acl(b) },
    { what: same('ctime'), before: ctime(a), after: ctime(b) },
  ];
}

function verdictChanges(a: Frame, b: Frame): Change[] {
  const text = (frame: Frame, user: string) => {
    const found = frame.verdicts.find((verdict) => verdict.user === user);
    if (found === undefined) return nothing;
    return found.errno === null ? opens : same(found.errno);
  };
  const users = new Set([...a.verdicts, ...b.verdicts].map(({ user }) => user));
  return [...users].map((user) => ({
    what: { en: `open as ${user}`, zh: `以 ${user} 打开` },
    before: text(a, user),
    after: text(b, user),
  }));
}

function standingChanges(a: Frame, b: Frame): Change[] {
  const key = ({ chart, of }: Frame['standings'][number]) => `${chart} ${of}`;
  const all = new Map([...a.standings, ...b.standings].map((s) => [key(s), s] as const));
  const value = (frame: Frame, name: string) =>
    same(frame.standings.find((s) => key(s) === name)?.value ?? '-');
  return [...all].map(([name, { of, chart }]) => ({
    what: chart === 'capsCache' ? { en: `${of} (cache)`, zh: `${of}（缓存）` } : same(of),
    before: value(a, name),
    after: value(b, name),
  }));
}

function layerChanges(a: Frame, b: Frame): Change[] {
  const wanted = ['libvirt', 'rpm', 'logind', 'udev'] as const;
  const line = (frame: Frame, id: string) => frame.layers.find((l) => l.id === id)?.line ?? nothing;
  return wanted.map((id) => ({ what: same(id), before: line(a, id), after: line(b, id) }));
}

/** Only what differs, the node first. */
export function changesBetween(a: Frame, b: Frame): Change[] {
  return [
    ...nodeChanges(a.node, b.node),
    ...verdictChanges(a, b),
    ...layerChanges(a, b),
    ...standingChanges(a, b),
  ].filter(({ before, after }) => before.en !== after.en);
}
