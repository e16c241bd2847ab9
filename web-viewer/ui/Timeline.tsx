/**
 * All steps on one line, who acted in each, and which of them wrote the node last.
 */

import { memo } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { type Item, type LaneId, laneIds } from '../model/item.ts';
import { branch, canUndo, goTo, item, story, undo } from '../state/app.ts';
import { say } from '../state/language.ts';
import { AskedFirst } from './AskedFirst.tsx';
import { Folded } from './Folded.tsx';
import { layerNames } from './layerNames.ts';
import { Said } from './Said.tsx';
import { Share } from './Share.tsx';

/** Columns that are drawn at once; longer timelines show the stretch around the position. */
const STRETCH = 60;
const LANE = 20;
const LABELS = 76;

const writes = (item: Item) => item.messages.some(({ wrote }) => wrote);

/** The step that wrote the node last, up to this one; -1 for the boot. */
function lastWriter(items: readonly Item[], at: number): number {
  for (let i = at; i >= 0; i--) if (items[i] && writes(items[i] as Item)) return i;
  return -1;
}

/** Short stories get room. */
const cellOf = (items: readonly Item[]) => (items.length <= 32 ? 34 : 22);

type LanesProps = Readonly<{ items: readonly Item[]; start: number }>;

function Cell({ item, lane, x, y }: Readonly<{ item: Item; lane: LaneId; x: number; y: number }>) {
  const wrote = item.messages.some((m) => m.wrote && m.from === lane);
  const failed = item.messages.some((m) => m.from === lane && /^E/.test(m.answer));
  if (wrote) return <rect class="wrote" x={x + 4} y={y + 3} width={14} height={14} />;
  if (failed) return <path class="failed" d={`M${x + 6} ${y + 5} l10 10 m0 -10 l-10 10`} />;
  if (!item.calls[lane]) return null;
  return <circle class="acted" cx={x + 11} cy={y + 10} r={4} />;
}

/** Redrawn only when another stretch comes into view: scrubbing moves a line over it. */
const Lanes = memo(({ items, start }: LanesProps) => {
  const shown = items.slice(start, start + STRETCH);
  const cell = cellOf(items);
  const width = LABELS + shown.length * cell;
  return (
    <svg class="lanes" width={width} height={laneIds.length * LANE} aria-hidden="true">
      {laneIds.map((lane, row) => (
        <g>
          <line x1={LABELS} x2={width} y1={row * LANE + 10} y2={row * LANE + 10} />
          <text x={LABELS - 8} y={row * LANE + 14} text-anchor="end">
            {say(layerNames[lane])}
          </text>
          {shown.map((item, i) => (
            <Cell item={item} lane={lane} x={LABELS + i * cell + (cell - 22) / 2} y={row * LANE} />
          ))}
        </g>
      ))}
    </svg>
  );
});

function Picture() {
  const { items } = branch.value;
  const { at } = story.value;
  const start = Math.max(0, Math.min(items.length - STRETCH, Math.floor(at / 20) * 20 - 20));
  const writer = lastWriter(items, at);
  const cell = cellOf(items);
  const place = (i: number) => ({ left: `${LABELS + (i - start) * cell}px`, width: `${cell}px` });
  const pick = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const clicked = Math.floor((event.clientX - box.left - LABELS) / cell);
    if (clicked >= 0) goTo(start + clicked);
  };
  return (
    <div
      class="scroll"
      tabIndex={0}
      role="group"
      aria-label={say({ en: 'Who acted in each step', zh: '各步由谁执行' })}
    >
      {/* The slider above does the same by keyboard. */}
      <div class="picture" role="presentation" onPointerDown={pick}>
        <span class="here" style={place(at)} />
        {writer >= start && <span class="writer" style={place(writer)} />}
        <Lanes items={items} start={start} />
      </div>
    </div>
  );
}

const writersOf = ({ messages }: Item): string[] => [
  ...new Set(messages.filter(({ wrote }) => wrote).map(({ program }) => program)),
];

/** The same as words: who acted, step by step. */
function Table() {
  const { items } = branch.value;
  const { at } = story.value;
  const start = Math.max(0, at - 10);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say({ en: 'step', zh: '步骤' })}</th>
          <th scope="col">{say({ en: 'what', zh: '内容' })}</th>
          <th scope="col">{say({ en: 'who acted', zh: '执行者' })}</th>
          <th scope="col">{say({ en: 'who wrote the node', zh: '谁写了节点' })}</th>
        </tr>
      </thead>
      <tbody>
        {items.slice(start, start + 21).map((each, i) => (
          <tr aria-current={start + i === at ? 'step' : undefined}>
            <td>{start + i + 1}</td>
            <td>
              <Said words={each.says} />
            </td>
            <td>
              {laneIds
                .filter((lane) => each.calls[lane])
                .map((lane) => say(layerNames[lane]))
                .join(', ')}
            </td>
            <td translate={false}>{writersOf(each).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function usePlaying(): [boolean, (on: boolean) => void] {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { at } = story.value;
      if (at >= branch.value.items.length - 1) setPlaying(false);
      else goTo(at + 1);
    }, 1400);
    return () => clearInterval(timer);
  }, [playing]);
  return [playing, setPlaying];
}

function Controls() {
  const [playing, setPlaying] = usePlaying();
  const { at } = story.value;
  const last = branch.value.items.length - 1;
  return (
    <div class="controls">
      <button
        type="button"
        onClick={() => goTo(at - 1)}
        disabled={at === 0}
        aria-label={say({ en: 'Step back', zh: '后退一步' })}
      >
        ‹
      </button>
      <button type="button" onClick={() => setPlaying(!playing)} aria-pressed={playing}>
        {playing ? say({ en: 'Pause', zh: '暂停' }) : say({ en: 'Play', zh: '播放' })}
      </button>
      <button
        type="button"
        onClick={() => goTo(at + 1)}
        disabled={at === last}
        aria-label={say({ en: 'Step forward', zh: '前进一步' })}
      >
        ›
      </button>
      <button type="button" onClick={undo} disabled={!canUndo.value}>
        {say({ en: 'Undo', zh: '撤销' })}
      </button>
    </div>
  );
}

function Slider() {
  const { at } = story.value;
  const { items } = branch.value;
  const says = say(item.value.says);
  return (
    <input
      class="scrubber"
      type="range"
      min={1}
      max={items.length}
      value={at + 1}
      aria-label={say({ en: 'Step', zh: '步骤' })}
      aria-valuetext={say({
        en: `step ${at + 1} of ${items.length}: ${says}`,
        zh: `第 ${at + 1} 步，共 ${items.length} 步：${says}`,
      })}
      onInput={(event) => goTo(Number(event.currentTarget.value) - 1)}
    />
  );
}

function LastWriter() {
  const { items } = branch.value;
  const writer = lastWriter(items, story.value.at);
  const found = items[writer];
  if (found === undefined) return null;
  return (
    <p class="wrote-last">
      <span class="legend" aria-hidden="true">
        ■
      </span>{' '}
      {say({ en: 'The node was last written by', zh: '最后一次写节点的是' })}{' '}
      <button type="button" class="link" onClick={() => goTo(writer)}>
        {say({
          en: `step ${writer + 1}: ${found.says.en}`,
          zh: `第 ${writer + 1} 步：${found.says.zh}`,
        })}
      </button>
    </p>
  );
}

/** Where one stands in time; it stays in sight while one reads. */
export function Bar() {
  const { at } = story.value;
  const { items } = branch.value;
  return (
    <section class="bar" aria-label={say({ en: 'Time', zh: '时间' })}>
      <AskedFirst />
      <Controls />
      <Slider />
      <p class="now">
        <b>
          {at + 1}/{items.length}
        </b>{' '}
        <Said words={item.value.says} /> <span class="faint clock">{item.value.frame().clock}</span>
      </p>
      <Share />
    </section>
  );
}

export function Timeline() {
  const { title } = branch.value;
  return (
    <section class="timeline" aria-labelledby="time-title">
      <h2 id="time-title">
        {say({ en: 'Timeline', zh: '时间线' })} <span class="faint">{say(title)}</span>
      </h2>
      <Picture />
      <p class="faint key" aria-hidden="true">
        ● {say({ en: 'acted', zh: '执行' })} <span class="bad">✕</span>{' '}
        {say({ en: 'was refused', zh: '被拒绝' })} <span class="legend">■</span>{' '}
        {say({ en: 'wrote the node', zh: '写了节点' })}
      </p>
      <LastWriter />
      <Folded title={say({ en: 'as a table', zh: '以表格显示' })} inside={() => <Table />} />
    </section>
  );
}
