/**
 * Passing a moment on: a link where the page has an address, a code where it is a file, a trace for the command line.
 */
import { useState } from 'preact/hooks';
import { branch, engine, item, notice, place, story } from '../state/app.ts';
import { codeOf, codeOfTold } from '../state/edits.ts';
import { say } from '../state/language.ts';
import { hashOf, LONGEST } from '../state/place.ts';
import { save } from '../state/save.ts';
import { withEngine } from '../state/start.ts';

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

function Inside() {
  const [made, setMade] = useState<string | null>(null);
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

export function Share() {
  return (
    <details class="share-box" onToggle={withEngine}>
      <summary>{say({ en: 'Share', zh: '分享' })}</summary>
      <Inside />
    </details>
  );
}
