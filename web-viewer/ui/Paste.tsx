/**
 * What somebody brings: a trace to play, or the words of a broken host to explain. Nothing leaves the page.
 */
import { useState } from 'preact/hooks';
import type { Trace } from '../../sim/host/trace.ts';
import { open } from '../state/app.ts';
import { say } from '../state/language.ts';
import { openTraceText, waitFor } from '../state/start.ts';
import { Explained } from './Explained.tsx';

const LONGEST = 20_000_000;

/** A trace is JSON with its version and choices; everything else is a text. */
function traceIn(text: string): Trace | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const given = JSON.parse(text) as Trace;
    return given.v === 1 && Array.isArray(given.choices) ? given : null;
  } catch {
    return null;
  }
}

const tooLong = {
  en: 'This is longer than any report or trace of kvmlab’s: it is not read.',
  zh: '这比 kvmlab 的任何报告或 trace 都长：不予读取。',
};

/** One line with an address of ours in it: a link, or the code that a page without an address makes. */
function codeIn(text: string): string | null {
  const line = text.trim();
  return line.includes('\n') ? null : (/#\/\S+$/.exec(line)?.[0] ?? null);
}

const playing = { en: 'playing the trace', zh: '正在重放 trace' };

export function Paste() {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const take = (given: string) => {
    if (given.length > LONGEST) {
      waitFor(playing, () => {
        throw new Error(say(tooLong));
      });
      return;
    }
    const code = codeIn(given);
    if (code !== null) {
      location.hash = code;
      return;
    }
    const trace = traceIn(given);
    if (trace === null) setAsked(given);
    else waitFor(playing, () => openTraceText(trace)).then((done) => done && open('open'));
  };
  return (
    <section class="paste" aria-labelledby="paste-title">
      <h2 id="paste-title">{say({ en: 'My host is broken', zh: '我的主机坏了' })}</h2>
      <p>
        {say({
          en: 'Paste the output of getfacl /dev/kvm, an error message, or a report; or a trace, a link or a code of kvmlab’s to open it. It stays in this page.',
          zh: '粘贴 getfacl /dev/kvm 的输出、报错信息或报告；也可以是 kvmlab 的 trace、链接或代码。内容不会离开本页面。',
        })}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take(text);
        }}
      >
        <label>
          <span class="unseen">{say({ en: 'Evidence', zh: '证据' })}</span>
          <textarea
            rows={9}
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="tools">
          <button type="submit" class="main">
            {say({ en: 'Explain', zh: '解释' })}
          </button>
          <label>
            {say({ en: 'or a file:', zh: '或打开文件：' })}
            <input
              type="file"
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                file?.text().then(take);
              }}
            />
          </label>
        </div>
      </form>
      {asked !== null && <Explained key={asked} text={asked} />}
    </section>
  );
}
