/**
 * The shell of the simulated host, as text: what is typed here is the next step of the timeline.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Engine } from '../model/engine.ts';
import type { Item } from '../model/item.ts';
import { branch, busy, engine, story } from '../state/app.ts';
import { alter } from '../state/changes.ts';
import { say } from '../state/language.ts';
import { withEngine } from '../state/start.ts';

/** As many lines as one looks back on; the timeline has them all. */
const KEPT = 12;

function Past({ items }: Readonly<{ items: readonly Item[] }>) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const log = end.current?.parentElement;
    if (log) log.scrollTop = log.scrollHeight;
  }, [items]);
  return (
    <div class="log" role="log" tabIndex={0} aria-label={say({ en: 'Output', zh: '输出' })}>
      {items.map(({ typed, says, text, prompt }) => (
        <div>
          {typed === null ? (
            <p class="faint">— {say(says)}</p>
          ) : (
            <pre class="typed">{`${prompt} ${typed}`}</pre>
          )}
          {text !== '' && <pre>{text.replace(/\n$/, '')}</pre>}
        </div>
      ))}
      <div ref={end} />
    </div>
  );
}

/** ↑ and ↓ go through what was typed, as at a prompt. */
function recalled(event: KeyboardEvent, lines: readonly string[], at: number): number | null {
  if (event.key === 'ArrowUp') return Math.min(lines.length, at + 1);
  if (event.key === 'ArrowDown') return Math.max(0, at - 1);
  return null;
}

type TypingProps = Readonly<{ loaded: Engine; prompt: string; lines: readonly string[] }>;

function Typing({ loaded, prompt, lines }: TypingProps) {
  const [line, setLine] = useState('');
  const [more, setMore] = useState('');
  const [back, setBack] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  // Whoever has just opened the terminal, and waited for the simulator, types at once.
  useEffect(() => {
    if (document.activeElement?.classList.contains('panel')) input.current?.focus();
  }, []);
  const { at } = story.value;
  const submit = (event: Event) => {
    event.preventDefault();
    const text = more === '' ? line : `${more}\n${line}`;
    setLine('');
    setBack(0);
    if (text.trim() === '') return;
    if (loaded.needsMore(`${text}\n`)) return setMore(text);
    setMore('');
    alter({ at, type: text });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = recalled(event, lines, back);
    if (to === null) return;
    event.preventDefault();
    setBack(to);
    setLine(to === 0 ? '' : (lines.at(-to) ?? ''));
  };
  return (
    <form class="prompt" onSubmit={submit}>
      <label>
        <span class="unseen">
          {say({ en: 'Command line of the simulated host', zh: '模拟主机的命令行' })}
        </span>
        <code aria-hidden="true">{more === '' ? prompt : '> '}</code>
        <input
          ref={input}
          type="text"
          value={line}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          readOnly={busy.value !== null}
          onInput={(event) => setLine(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <button type="submit">{say({ en: 'Enter', zh: '执行' })}</button>
    </form>
  );
}

function Prompt({ lines }: Readonly<{ lines: readonly string[] }>) {
  const loaded = engine.value;
  const { name, at } = story.value;
  const here = branch.value.items[at];
  if (loaded === null || here === undefined) {
    withEngine();
    return <p class="waiting">{say({ en: 'the simulator is arriving', zh: '模拟器加载中' })} …</p>;
  }
  return <Typing loaded={loaded} prompt={loaded.promptAt(name, here)} lines={lines} />;
}

export function Terminal() {
  const { items, edits } = branch.value;
  const { at } = story.value;
  const past = items.slice(0, at + 1);
  const lines = past.flatMap(({ typed }) => (typed === null ? [] : [typed]));
  const inThePast = at < items.length - 1;
  return (
    <section class="terminal" aria-labelledby="terminal-title">
      <h2 id="terminal-title">{say({ en: 'Terminal', zh: '终端' })}</h2>
      <p class="faint">
        {inThePast || edits.length === 0
          ? say({
              en: `What is typed here happens after step ${at + 1}, in a future of its own; the other one stays.`,
              zh: `在此输入的命令发生在第 ${at + 1} 步之后，形成另一种未来；原来的仍保留。`,
            })
          : say({ en: 'Each line is a step more.', zh: '每行命令都是新的一步。' })}
      </p>
      <Past items={past.slice(-KEPT)} />
      <Prompt lines={lines} />
    </section>
  );
}
