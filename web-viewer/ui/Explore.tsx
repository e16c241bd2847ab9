/**
 * All orders of a model: counts as they grow, what always and sometimes holds, and a witness to replay for each.
 */

import { value as list } from 'virtual:model-list';
import { useState } from 'preact/hooks';
import { say } from '../state/language.ts';
import { replayOrder } from '../state/replayOrder.ts';
import { modelWords, propertyWords } from '../words/models.ts';
import type { ExploreAnswer, PropertyAnswer } from '../worker/questions.ts';
import { Orders } from './Orders.tsx';
import { Searching } from './Searching.tsx';
import { useWorker } from './useWorker.ts';

const kinds: Readonly<Record<string, { en: string; zh: string }>> = {
  always: { en: 'always', zh: '总是' },
  sometimes: { en: 'sometimes', zh: '有时' },
  finally: { en: 'at the end', zh: '最终' },
};

const verdicts = {
  holds: { en: 'holds', zh: '成立', shape: '✓' },
  fails: { en: 'fails', zh: '不成立', shape: '✕' },
  open: { en: 'open: a bound was reached', zh: '未定：到达上限', shape: '?' },
} as const;

function Property({ found }: Readonly<{ found: PropertyAnswer }>) {
  const { property, kind, verdict, steps, trace } = found;
  const { shape, ...says } = verdicts[verdict];
  return (
    <li>
      <p>
        {say(kinds[kind] ?? { en: kind, zh: kind })}: <b>{say(propertyWords(property))}</b>{' '}
        <span class={verdict === 'fails' ? 'bad' : 'good'}>
          <span aria-hidden="true">{shape}</span> {say(says)}
        </span>
      </p>
      {steps !== null && trace !== null && (
        <Orders orders={[steps]} onReplay={() => replayOrder(trace, propertyWords(property))} />
      )}
    </li>
  );
}

function Report({ answer }: Readonly<{ answer: ExploreAnswer }>) {
  const { states, transitions, depth, ends, hit, properties } = answer;
  return (
    <>
      <p>
        {say({
          en: `${states} states, ${transitions} transitions, depth ${depth}, ${ends} ends; ${hit.length === 0 ? 'all of them' : `bound reached: ${hit.join(', ')}`}.`,
          zh: `${states} 个状态，${transitions} 次转移，深度 ${depth}，${ends} 个终点；${hit.length === 0 ? '已穷尽' : `到达上限：${hit.join('、')}`}。`,
        })}
      </p>
      <ul class="properties">
        {properties.map((found) => (
          <Property found={found} />
        ))}
      </ul>
    </>
  );
}

export function Explore() {
  const [model, setModel] = useState<string | null>(null);
  const asking = useWorker<ExploreAnswer>(
    model ?? '',
    model === null ? null : { ask: 'explore', model },
  );
  const chosen = list.find(({ name }) => name === model);
  return (
    <section aria-labelledby="explore-title">
      <h2 id="explore-title">{say({ en: 'All orders', zh: '所有顺序' })}</h2>
      <p>
        {say({
          en: 'A model has no order: the explorer tries all of them. Choose one; the search runs beside the page.',
          zh: '模型没有顺序：探索器会尝试所有顺序。选择一个；搜索在页面之外运行。',
        })}
      </p>
      <div class="moves">
        {list.map((listed) => (
          <button
            type="button"
            aria-pressed={listed.name === model}
            onClick={() => setModel(listed.name === model ? null : listed.name)}
          >
            {say(modelWords(listed.name, listed).title)}
          </button>
        ))}
      </div>
      {chosen !== undefined && (
        <>
          <p>{say(modelWords(chosen.name, chosen).asks)}</p>
          <Searching asking={asking} />
          {asking.answer && <Report answer={asking.answer} />}
        </>
      )}
    </section>
  );
}
