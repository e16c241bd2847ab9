/**
 * Why: the chain from the symptom down, what would have prevented it, every order that leads here, what to ask next.
 */
import type { Link } from '../../sim/explain/chain/link.ts';
import { branch, engine, goTo, open } from '../state/app.ts';
import { say } from '../state/language.ts';
import { replayOrder } from '../state/replayOrder.ts';
import type { FamilyAnswer, WhyAnswer } from '../worker/questions.ts';
import { Orders } from './Orders.tsx';

/** A step of the trace counts choices; the timeline counts moments, which may have several or none. */
function momentOf(step: number): number {
  const loaded = engine.value;
  const { items } = branch.value;
  let choices = 0;
  for (const [i, item] of items.entries()) {
    choices += loaded?.choicesOf(item) ?? 0;
    if (choices >= step) return i;
  }
  return items.length - 1;
}

function Rung({ link, here }: Readonly<{ link: Link; here: boolean }>) {
  const { says, source, event, step } = link;
  return (
    <li>
      <p>{say(says)}</p>
      <p class="faint">
        {event !== null && step !== null && step > 0 && here ? (
          <button
            type="button"
            class="link"
            onClick={() => {
              goTo(momentOf(step));
              open('step');
            }}
          >
            {say({ en: 'in step', zh: '发生在第' })} {momentOf(step) + 1}
            {say({ en: ': ', zh: ' 步：' })}
            {say(event)}
          </button>
        ) : (
          event !== null && say(event)
        )}{' '}
        <cite>{source}</cite>
      </p>
    </li>
  );
}

function Chain({ why, here }: Readonly<{ why: WhyAnswer; here: boolean }>) {
  if (why.chain.length === 0) return null;
  return (
    <>
      <h3>{say({ en: 'From the symptom down', zh: '从现象往下追' })}</h3>
      <ol class="chain">
        {why.chain.map((link) => (
          <Rung link={link} here={here} />
        ))}
      </ol>
    </>
  );
}

function Prevented({ why }: Readonly<{ why: WhyAnswer }>) {
  if (why.prevented.length === 0) return null;
  return (
    <>
      <h3>
        {say({ en: 'One thing done otherwise, and all played again', zh: '只改一处，全部重演' })}
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{say({ en: 'change', zh: '改动' })}</th>
            <th scope="col">{say({ en: 'the node then', zh: '此后的节点' })}</th>
            <th scope="col">qemu</th>
          </tr>
        </thead>
        <tbody>
          {why.prevented.map(({ says, node, qemu }) => (
            <tr>
              <th scope="row">{say(says)}</th>
              <td>
                <code>{node ?? '-'}</code>
              </td>
              <td class={qemu === 'works' ? 'good' : 'bad'}>
                {qemu === 'works' ? `✓ ${say({ en: 'works', zh: '可用' })}` : `✕ ${qemu ?? '-'}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const verdictWords: Readonly<Record<string, { en: string; zh: string }>> = {
  proved: { en: 'proved', zh: '已证实' },
  fits: { en: 'fits', zh: '相符' },
  excluded: { en: 'excluded', zh: '已排除' },
};

function FamiliesFound({ why }: Readonly<{ why: WhyAnswer }>) {
  const { families, searched, complete } = why;
  if (searched.length === 0) return null;
  const states = searched.reduce((sum, each) => sum + each.states, 0);
  const transitions = searched.reduce((sum, each) => sum + each.transitions, 0);
  return (
    <>
      <h3>
        {say({
          en: 'Every minimal order that leads exactly here',
          zh: '恰好导致此状态的每个最小顺序',
        })}
      </h3>
      <p class="faint">
        {say({
          en: `${states} states, ${transitions} transitions; ${complete ? 'all of them' : 'a bound was reached'}.`,
          zh: `${states} 个状态，${transitions} 次转移；${complete ? '已穷尽' : '到达上限'}。`,
        })}
      </p>
      {families.length === 0 && (
        <p>
          {say({
            en: 'Not reachable in this model: no order of these events leads exactly there.',
            zh: '在此模型中不可达：没有事件顺序恰好导致它。',
          })}
        </p>
      )}
      {families.filter(isOpen).map((family) => (
        <Family {...family} />
      ))}
      {families.some((family) => !isOpen(family)) && (
        <details class="twin">
          <summary>
            {families.filter((family) => !isOpen(family)).length}{' '}
            {say({
              en: 'other mechanisms lead to the same node; this story is none of them',
              zh: '种其他机制也会得到同样的节点；但都不是这个故事',
            })}
          </summary>
          {families
            .filter((family) => !isOpen(family))
            .map((family) => (
              <Family {...family} />
            ))}
        </details>
      )}
    </>
  );
}

const isOpen = ({ verdict }: FamilyAnswer) => verdict !== 'excluded';

function Family({ name, host, verdict, orders }: FamilyAnswer) {
  return (
    <section class="family">
      <h4>
        {say(name)}{' '}
        <span class="faint">
          {say(verdictWords[verdict] ?? { en: verdict, zh: verdict })}; {say(host)}
        </span>
      </h4>
      <Orders
        orders={orders.map(({ events }) => events)}
        onReplay={(i) => {
          const order = orders[i];
          if (order) replayOrder(order.told, order.events.join(', '));
        }}
      />
    </section>
  );
}

function Decision({ why }: Readonly<{ why: WhyAnswer }>) {
  if (why.decision === null) return null;
  return (
    <>
      <h3>{say({ en: 'The one command that would decide', zh: '能作出判断的一条命令' })}</h3>
      <pre class="block"># {why.decision.line}</pre>
      <ul>
        {why.decision.groups.map(({ telling, names }) => (
          <li>
            <code>
              {telling === '' ? say({ en: '(nothing else)', zh: '（没有别的）' }) : telling}
            </code>{' '}
            → {names.map(say).join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}

/** `here`: the chain's steps are those of the timeline below. */
export function Explanation({ why, here }: Readonly<{ why: WhyAnswer; here: boolean }>) {
  return (
    <div class="explanation">
      <p>
        <code>{why.subject}</code>
      </p>
      {why.state === 'works' && (
        <p class="good">
          ✓{' '}
          {say({
            en: 'Nothing is broken: a KVM guest starts.',
            zh: '没有故障：KVM 虚拟机可以启动。',
          })}
        </p>
      )}
      {why.state === 'nobody' && (
        <p>
          {say({
            en: 'There is no QEMU here yet, or no user for it.',
            zh: '这里还没有 QEMU，或没有它的用户。',
          })}
        </p>
      )}
      <Chain why={why} here={here} />
      {why.suspects.length > 0 && (
        <>
          <h3>{say({ en: 'Known causes', zh: '已知原因' })}</h3>
          <ul>
            {why.suspects.map(({ name, verdict }) => (
              <li>
                {say(name)}{' '}
                <span class="faint">
                  {say(verdictWords[verdict] ?? { en: verdict, zh: verdict })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Prevented why={why} />
      <FamiliesFound why={why} />
      <Decision why={why} />
    </div>
  );
}
