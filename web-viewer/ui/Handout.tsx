/**
 * The story on paper: every step with what it printed and what it changed; and how to pass this moment on.
 */
import { useState } from 'preact/hooks';
import { changesBetween } from '../model/difference.ts';
import type { Item } from '../model/item.ts';
import { branch, engine, item, notice, place, story } from '../state/app.ts';
import { codeOf, codeOfTold } from '../state/edits.ts';
import { say } from '../state/language.ts';
import { hashOf, LONGEST } from '../state/place.ts';
import { save } from '../state/save.ts';
import { withEngine } from '../state/start.ts';
import { Said } from './Said.tsx';
import { Changes } from './Step.tsx';

/** The part of the hash that a link carries: enough to notice any difference. */
const SHORT = 16;

function shareHash(): string | null {
  const loaded = engine.value;
  const here = place.value;
  if (loaded === null || here.view !== 'host') return null;
  const { name, profile, at } = story.value;
  const { edits, told } = branch.value;
  const code = told === null ? codeOf(edits) : codeOfTold(told, edits);
  return hashOf({
    ...here,
    scenario: name,
    panel: 'open',
    profile,
    at: at + 1,
    edits: edits.length === 0 && told === null ? null : code,
    version: loaded.version,
    hash: loaded.hashAt(item.value).slice(0, SHORT),
  });
}

const tooLong = {
  en: 'This story is too long for a link: save it as a trace, and open the file under “My host is broken”.',
  zh: '这个故事太长，放不进链接：请保存为 trace 文件，再在“我的主机坏了”里打开。',
};

function Share() {
  const [made, setMade] = useState<string | null>(null);
  if (engine.value === null) withEngine();
  const make = () => {
    const hash = shareHash();
    if (hash === null) return;
    if (hash.length > LONGEST) {
      notice.value = tooLong;
      return;
    }
    const whole = location.protocol === 'file:' ? hash : `${location.href.split('#')[0]}${hash}`;
    setMade(whole);
    navigator.clipboard?.writeText(whole).catch(() => {});
  };
  const saveTrace = () => {
    const { name, profile, at } = story.value;
    const trace = engine.value?.traceTo(name, profile, branch.value.items.slice(0, at + 1));
    if (trace) save(`${name}-${at + 1}.json`, JSON.stringify(trace));
  };
  return (
    <div class="share">
      <button type="button" class="main" onClick={make}>
        {say({ en: 'Link to this moment', zh: '生成此刻的链接' })}
      </button>
      <button type="button" onClick={saveTrace}>
        {say({ en: 'Save as a trace', zh: '保存为 trace 文件' })}
      </button>
      <button type="button" onClick={() => print()}>
        {say({ en: 'Print', zh: '打印' })}
      </button>
      {made !== null && (
        <p>
          <label>
            {location.protocol === 'file:'
              ? say({
                  en: 'Code; put it behind the address of anybody’s kvmlab.html:',
                  zh: '代码；接在任何一份 kvmlab.html 的地址之后：',
                })
              : say({ en: 'Link:', zh: '链接：' })}
            <input
              type="text"
              readOnly
              value={made}
              onFocus={(event) => event.currentTarget.select()}
            />
          </label>
        </p>
      )}
    </div>
  );
}

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
      <Share />
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
