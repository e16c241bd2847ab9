/**
 * Statecharts drawn from the machines themselves, the current state lit; a table says the same.
 */
import { value as charts } from 'virtual:charts';
import { type Chart, type ChartEdge, type ChartState, LINE, NAME_HEIGHT } from '../model/chart.ts';
import type { LayerId } from '../model/item.ts';
import { frame } from '../state/app.ts';
import { say } from '../state/language.ts';
import { stateWords } from '../words/charts.ts';
import { Folded } from './Folded.tsx';

export const chartsOfLayer: Readonly<Record<LayerId, readonly string[]>> = {
  virsh: [],
  libvirt: ['libvirtd', 'capsCache', 'domain'],
  qemu: ['qemu', 'monitor'],
  rpm: [],
  logind: ['seat'],
  udev: ['udevd'],
  node: [],
  kernel: ['module', 'virtualization'],
};

/** A smooth line through the points that the layout gave. */
function pathOf({ points }: ChartEdge): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const middle = rest.slice(0, -1).map(({ x, y }, i) => {
    const next = rest[i + 1] ?? { x, y };
    return `Q${x} ${y} ${(x + next.x) / 2} ${(y + next.y) / 2}`;
  });
  const last = rest.at(-1) ?? first;
  return `M${first.x} ${first.y} ${middle.join(' ')} L${last.x} ${last.y}`;
}

function Edge({ edge, id }: Readonly<{ edge: ChartEdge; id: string }>) {
  const { x, y } = edge.labelAt;
  const top = y - ((edge.labels.length - 1) * LINE) / 2;
  return (
    <g class="edge">
      <path d={pathOf(edge)} marker-end={`url(#arrow-${id})`} />
      <text text-anchor="middle">
        {edge.labels.map((label, i) => (
          <tspan x={x} y={top + i * LINE + 4}>
            {label}
          </tspan>
        ))}
      </text>
    </g>
  );
}

function Box({ state, lit }: Readonly<{ state: ChartState; lit: boolean }>) {
  const { key, x, y, width, height, final, stays } = state;
  const top = y - height / 2;
  const left = x - width / 2;
  return (
    <g class={lit ? 'state lit' : 'state'}>
      <rect x={left} y={top} width={width} height={height} rx={8} class={final ? 'final' : ''} />
      <text x={x} y={top + NAME_HEIGHT / 2 + 5} text-anchor="middle">
        {key}
      </text>
      {stays.length > 0 && (
        <line x1={left} x2={left + width} y1={top + NAME_HEIGHT} y2={top + NAME_HEIGHT} />
      )}
      {stays.map((label, i) => (
        <text class="stays" x={x} y={top + NAME_HEIGHT + 15 + i * LINE} text-anchor="middle">
          {label}
        </text>
      ))}
    </g>
  );
}

function Drawing({ chart, lit, of }: Readonly<{ chart: Chart; lit: string; of: string }>) {
  const { id, width, height, states, edges } = chart;
  const name = `${id}-${of}`.replace(/\W/g, '-');
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: `${width}px` }}
      role="img"
      aria-label={say({ en: `${of} is ${lit}`, zh: `${of} 处于 ${lit}` })}
    >
      <defs>
        <marker
          id={`arrow-${name}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 L8 4 L0 8 z" />
        </marker>
      </defs>
      {edges.map((edge) => (
        <Edge edge={edge} id={name} />
      ))}
      {states.map((state) => (
        <Box state={state} lit={state.key === lit} />
      ))}
    </svg>
  );
}

function Table({ chart, lit }: Readonly<{ chart: Chart; lit: string }>) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say({ en: 'state', zh: '状态' })}</th>
          <th scope="col">{say({ en: 'meaning', zh: '含义' })}</th>
          <th scope="col">{say({ en: 'leads to', zh: '去向' })}</th>
        </tr>
      </thead>
      <tbody>
        {chart.states.map(({ key, description, stays }) => (
          <tr>
            <th scope="row">
              <span translate={false}>{key}</span>
              {key === lit && ` ◆ ${say({ en: 'now', zh: '当前' })}`}
            </th>
            <td>{say(stateWords(chart.id, key, description))}</td>
            <td translate={false}>
              {chart.edges
                .filter(({ from }) => from === key)
                .map(({ to, labels }) => `${labels.join(', ')} → ${to}`)
                .concat(stays.length > 0 ? [`${stays.join(', ')} ↻`] : [])
                .join('; ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Standings({ charts: wanted }: Readonly<{ charts: readonly string[] }>) {
  const standings = frame.value.standings.filter(({ chart }) => wanted.includes(chart));
  return (
    <>
      {standings.map(({ chart: id, of, value }) => {
        const chart = charts.find((c) => c.id === id);
        if (chart === undefined) return null;
        return (
          <section class="standing">
            <h3 translate={false}>
              {of}: <span class="lit-word">{value}</span>
            </h3>
            <div
              class="scroll"
              tabIndex={0}
              role="group"
              aria-label={say({ en: `Statechart of ${of}`, zh: `${of} 的状态图` })}
            >
              <Drawing chart={chart} lit={value} of={of} />
            </div>
            <Folded
              title={say({ en: 'as a table', zh: '以表格显示' })}
              inside={() => <Table chart={chart} lit={value} />}
            />
          </section>
        );
      })}
    </>
  );
}

export function Charts() {
  return (
    <section aria-labelledby="charts-title">
      <h2 id="charts-title">{say({ en: 'Statecharts', zh: '状态图' })}</h2>
      <p class="faint">
        {say({
          en: 'Drawn from the machines that the simulator runs; the state of this moment is filled.',
          zh: '由模拟器运行的状态机直接绘出；当前状态以实色标出。',
        })}
      </p>
      <Standings charts={charts.map(({ id }) => id)} />
    </section>
  );
}
