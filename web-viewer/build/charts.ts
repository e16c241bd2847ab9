/**
 * The statecharts as drawings: read from the machines themselves, laid out when the viewer is built.
 */
import { Graph, layout } from '@dagrejs/dagre';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { kernelModule } from '../../sim/kernel/module.machine.ts';
import { virtualization } from '../../sim/kernel/virt.machine.ts';
import { capsCache } from '../../sim/libvirt/capsCache.machine.ts';
import { domainMachine } from '../../sim/libvirt/domain.machine.ts';
import { libvirtdMachine } from '../../sim/libvirt/libvirtd.machine.ts';
import { seat } from '../../sim/logind/seat.machine.ts';
import { monitorMachine } from '../../sim/qemu/monitor.machine.ts';
import { qemuMachine } from '../../sim/qemu/qemu.machine.ts';
import { service } from '../../sim/systemd/service.machine.ts';
import { udevd } from '../../sim/udev/udevd.machine.ts';
import { type Chart, type ChartEdge, LINE, NAME_HEIGHT } from '../model/chart.ts';

/** In the order of the stack, by the names that sim/ and model/standings.ts use. */
export const machines: Readonly<Record<string, AnyStateMachine>> = {
  virtualization,
  module: kernelModule,
  udevd,
  seat,
  service,
  qemu: qemuMachine,
  monitor: monitorMachine,
  capsCache,
  libvirtd: libvirtdMachine,
  domain: domainMachine,
};

type Arrow = { from: string; to: string; labels: string[] };

const guardText = (guard: unknown): string => {
  if (guard === undefined) return '';
  const name = typeof guard === 'string' ? guard : (guard as { type?: string }).type;
  return ` [${name ?? 'guard'}]`;
};

/** Every transition of a state, and those of the whole machine that it does not answer itself; one without a target stays. */
function arrowsOf(node: AnyStateNode, root: AnyStateNode): Arrow[] {
  const own = [...node.transitions.values(), ...(node.always ? [node.always] : [])].flat();
  const common = [...root.transitions.values()]
    .flat()
    .filter(({ eventType }) => node.type !== 'final' && !node.transitions.has(eventType));
  return [...own, ...common].flatMap(({ eventType, target, guard }) =>
    (target ?? [node]).map((to) => ({
      from: node.key,
      to: to.key,
      labels: [`${eventType === '' ? 'always' : eventType}${guardText(guard)}`],
    })),
  );
}

/** Arrows between the same two states become one with several labels. */
function joined(arrows: readonly Arrow[]): Arrow[] {
  const byPair = new Map<string, Arrow>();
  for (const arrow of arrows) {
    const key = `${arrow.from}>${arrow.to}`;
    const known = byPair.get(key);
    if (known) known.labels.push(...arrow.labels.filter((label) => !known.labels.includes(label)));
    else byPair.set(key, { ...arrow, labels: [...arrow.labels] });
  }
  return [...byPair.values()];
}

const LETTER = 7.2;
const widest = (texts: readonly string[]) => Math.max(...texts.map((t) => t.length)) * LETTER;

/** The name, and below a line what is answered without leaving the state, as UML draws it. */
const boxOf = (key: string, stays: readonly string[]) => ({
  width: Math.max(84, key.length * 8.4 + 26, widest(['', ...stays]) + 20),
  height: NAME_HEIGHT + (stays.length > 0 ? stays.length * LINE + 10 : 0),
});

function chartOf(id: string, machine: AnyStateMachine): Chart {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 34, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const nodes = Object.values(machine.root.states) as AnyStateNode[];
  const all = joined(nodes.flatMap((node) => arrowsOf(node, machine.root)));
  const arrows = all.filter(({ from, to }) => from !== to);
  const staysOf = (key: string) =>
    all.find(({ from, to }) => from === key && to === key)?.labels ?? [];
  for (const { key } of nodes) graph.setNode(key, boxOf(key, staysOf(key)));
  for (const { from, to, labels } of arrows) {
    const size = { width: widest(labels), height: labels.length * LINE };
    graph.setEdge(from, to, { ...size, labelpos: 'c' }, `${from}>${to}`);
  }
  layout(graph);
  const initial = machine.config.initial;
  const states = nodes.map((node) => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(node.key) as Record<string, number>;
    const { key, description = '' } = node;
    return {
      key,
      description,
      stays: staysOf(key),
      initial: key === initial,
      final: node.type === 'final',
      x,
      y,
      width,
      height,
    };
  });
  const edges = arrows.map(({ from, to, labels }): ChartEdge => {
    const edge = graph.edge(from, to, `${from}>${to}`) as {
      points: { x: number; y: number }[];
      x: number;
      y: number;
    };
    const points = edge.points.map(({ x, y }) => ({ x, y }));
    return { from, to, labels, points, labelAt: { x: edge.x, y: edge.y } };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { id, width, height, states, edges };
}

export const charts = (): Chart[] =>
  Object.entries(machines).map(([id, machine]) => chartOf(id, machine));
