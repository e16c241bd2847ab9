/**
 * Two futures of one host side by side: another order, another command, before and after a repair.
 */
import type { Words } from '../../sim/play/scenario.ts';
import { changesBetween } from '../model/difference.ts';
import type { Item } from '../model/item.ts';
import { besideItem, branch, item, story } from '../state/app.ts';
import { alter, putBeside, show } from '../state/changes.ts';
import { say } from '../state/language.ts';
import { Brief } from './Brief.tsx';
import { Changes } from './Step.tsx';

function Column({ title, item: { says, frame } }: Readonly<{ title: Words; item: Item }>) {
  return (
    <section class="future">
      <h3>{say(title)}</h3>
      <p class="faint">{say(says)}</p>
      <Brief frame={frame()} />
    </section>
  );
}

/** What can be done to the step one stands on. */
function Moves() {
  const { at } = story.value;
  const { items } = branch.value;
  const next = items[at + 1];
  return (
    <div class="moves">
      <button
        type="button"
        disabled={at === 0 || next === undefined}
        onClick={() => alter({ at, swap: true })}
      >
        {say({ en: 'Exchange this step with the next', zh: '与下一步交换' })}
      </button>
      <button type="button" disabled={at === 0} onClick={() => alter({ at, drop: true })}>
        {say({ en: 'Leave this step out', zh: '去掉这一步' })}
      </button>
      <button
        type="button"
        onClick={() => alter({ at, choice: { login: 'operator', on: 'tty1' } })}
      >
        {say({ en: 'Here operator logs in on tty1', zh: '此时 operator 登录 tty1' })}
      </button>
      <button type="button" onClick={() => alter({ at, choice: { logout: 'tty1' } })}>
        {say({ en: 'Here tty1 logs out', zh: '此时 tty1 注销' })}
      </button>
    </div>
  );
}

function Branches() {
  const { branches, current, beside } = story.value;
  return (
    <table class="branches">
      <thead>
        <tr>
          <th scope="col">{say({ en: 'future', zh: '未来' })}</th>
          <th scope="col">{say({ en: 'shown', zh: '当前' })}</th>
          <th scope="col">{say({ en: 'beside', zh: '对照' })}</th>
        </tr>
      </thead>
      <tbody>
        {branches.map(({ title, items }, i) => (
          <tr>
            <th scope="row">
              {say(title)} <span class="faint">{items.length}</span>
            </th>
            <td>
              <input
                type="radio"
                name="shown"
                checked={i === current}
                aria-label={`${say({ en: 'show', zh: '显示' })}: ${say(title)}`}
                onChange={() => show(i)}
              />
            </td>
            <td>
              <input
                type="radio"
                name="beside"
                checked={i === beside}
                aria-label={`${say({ en: 'beside', zh: '对照' })}: ${say(title)}`}
                onChange={() => putBeside(i)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Futures() {
  const { branches, beside } = story.value;
  const other = besideItem.value;
  const otherBranch = beside === null ? undefined : branches[beside];
  return (
    <section aria-labelledby="futures-title">
      <h2 id="futures-title">{say({ en: 'Two futures', zh: '两种未来' })}</h2>
      <p>
        {say({
          en: 'Change the step on which you stand, or type something else in the terminal: the host goes on in another way, and both ways are kept.',
          zh: '改动当前这一步，或在终端里输入别的命令：主机会走向另一种结果，两种都保留。',
        })}
      </p>
      <Moves />
      {branches.length > 1 && <Branches />}
      {other !== null && otherBranch !== undefined && (
        <>
          <div class="futures">
            <Column title={otherBranch.title} item={other} />
            <Column title={branch.value.title} item={item.value} />
          </div>
          <h3>{say({ en: 'Where they differ', zh: '差别' })}</h3>
          <Changes changes={changesBetween(other.frame(), item.value.frame())} />
        </>
      )}
    </section>
  );
}
