/**
 * The story on paper: every step with what it printed and what it changed.
 */
import { changesBetween } from '../model/difference.ts';
import type { Item } from '../model/item.ts';
import { branch, story } from '../state/app.ts';
import { say } from '../state/language.ts';
import { Said } from './Said.tsx';
import { Changes } from './Step.tsx';

/** As many as a class reads; of a longer trace the part around the position. */
const PAGES = 200;

function Extent({ from, to, of }: Readonly<{ from: number; to: number; of: number }>) {
  if (to - from >= of) return null;
  return (
    <p class="note">
      {say({
        en: `Steps ${from + 1} to ${to} of ${of}: those around the step that is shown. Move along the timeline for others.`,
        zh: `共 ${of} 步，这里是第 ${from + 1} 到 ${to} 步，即当前步骤前后。移动时间线可看其他部分。`,
      })}
    </p>
  );
}

function Page({ item: each, before }: Readonly<{ item: Item; before: Item | undefined }>) {
  return (
    <>
      <p>
        <b>
          <Said words={each.says} />
        </b>{' '}
        <span class="faint">{each.frame().clock}</span>
      </p>
      {each.typed !== null && <pre>{`${each.prompt} ${each.typed}\n${each.text}`.trimEnd()}</pre>}
      {before !== undefined && <Changes changes={changesBetween(before.frame(), each.frame())} />}
    </>
  );
}

export function Handout() {
  const { items } = branch.value;
  const { name, profile, at } = story.value;
  const from = Math.max(0, Math.min(items.length - PAGES, at - PAGES / 2));
  const shown = items.slice(from, from + PAGES);
  return (
    <section class="handout" aria-labelledby="handout-title">
      <h2 id="handout-title">{say({ en: 'Handout', zh: '讲义' })}</h2>
      <p class="share">
        <button type="button" class="main" onClick={() => print()}>
          {say({ en: 'Print', zh: '打印' })}
        </button>
      </p>
      <p class="printed-only" translate={false}>
        kvmlab {name}, {profile}
      </p>
      <Extent from={from} to={from + shown.length} of={items.length} />
      <ol class="pages" start={from + 1}>
        {shown.map((each, i) => (
          <li>
            <Page item={each} before={items[from + i - 1]} />
          </li>
        ))}
      </ol>
    </section>
  );
}
