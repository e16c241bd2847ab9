/**
 * Orders as a list to replay, and as a graph: where they begin alike they share a line.
 */
import { eventWords } from '../../sim/explain/models/eventWords.ts';
import { say } from '../state/language.ts';
import { Sequence } from './Sequence.tsx';

type Node = { event: string; row: number; column: number; children: Node[] };

/** A tree of beginnings; each order ends in a row of its own. */
function treeOf(orders: readonly (readonly string[])[]): {
  roots: Node[];
  rows: number;
  columns: number;
} {
  const roots: Node[] = [];
  let rows = 0;
  for (const order of orders) {
    let level = roots;
    let fresh = false;
    for (const [column, event] of order.entries()) {
      let node = fresh ? undefined : level.find((known) => known.event === event);
      if (node === undefined) {
        node = { event, row: rows, column, children: [] };
        level.push(node);
        fresh = true;
      }
      level = node.children;
    }
    if (fresh) rows++;
  }
  return { roots, rows, columns: Math.max(0, ...orders.map((order) => order.length)) };
}

const WIDTH = 150;
const HEIGHT = 34;

const short = (name: string) => (name.length > 19 ? `${name.slice(0, 18)}…` : name);

function Branch({ node, from }: Readonly<{ node: Node; from: Node | null }>) {
  const x = node.column * WIDTH + 8;
  const y = node.row * HEIGHT + 20;
  const start = from === null ? null : { x: from.column * WIDTH + 134, y: from.row * HEIGHT + 20 };
  return (
    <>
      {start && (
        <path
          d={`M${start.x} ${start.y} C${start.x + 14} ${start.y} ${x - 18} ${y} ${x - 4} ${y}`}
        />
      )}
      <rect x={x - 4} y={y - 13} width={130} height={26} rx={6} />
      <text x={x + 61} y={y + 4} text-anchor="middle">
        {short(say(eventWords(node.event)))}
      </text>
      {node.children.map((child) => (
        <Branch node={child} from={node} />
      ))}
    </>
  );
}

export function Orders({
  orders,
  onReplay,
}: Readonly<{ orders: readonly (readonly string[])[]; onReplay: (order: number) => void }>) {
  const { roots, rows, columns } = treeOf(orders);
  return (
    <>
      <ol class="orders">
        {orders.map((events, i) => (
          <li>
            <button type="button" class="link" onClick={() => onReplay(i)}>
              <Sequence words={events.map(eventWords)} />
            </button>
          </li>
        ))}
      </ol>
      {orders.length > 1 && (
        <details class="twin">
          <summary>{say({ en: 'as a graph', zh: '以图显示' })}</summary>
          <div
            class="scroll"
            tabIndex={0}
            role="group"
            aria-label={say({
              en: 'Orders as a graph; the list above says the same',
              zh: '顺序图；上面的列表内容相同',
            })}
          >
            <svg
              class="chart tree"
              width={columns * WIDTH}
              height={rows * HEIGHT + 8}
              aria-hidden="true"
            >
              {roots.map((node) => (
                <Branch node={node} from={null} />
              ))}
            </svg>
          </div>
        </details>
      )}
    </>
  );
}
