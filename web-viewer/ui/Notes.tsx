/**
 * For the teacher, in a presentation: both languages at once, what comes next asked first, and notes kept from the class.
 */
import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { branch, engine, story } from '../state/app.ts';
import { bilingual, say } from '../state/language.ts';
import { askFirst, presenting } from '../state/presenting.ts';
import { withEngine } from '../state/start.ts';
import { Said } from './Said.tsx';

function Story() {
  const loaded = engine.value;
  if (loaded === null) withEngine();
  const { name, at } = story.value;
  const told = loaded?.storyText(name) ?? null;
  const next = branch.value.items[at + 1];
  return (
    <section class="notes" aria-label={say({ en: 'Notes', zh: '备注' })}>
      {told !== null && (
        <p>
          <Said words={told} />
        </p>
      )}
      {next !== undefined && (
        <p class="faint">
          {say({ en: 'Next: ', zh: '下一步：' })}
          <Said words={next.says} />
        </p>
      )}
    </section>
  );
}

function Check({ label, on }: Readonly<{ label: string; on: Signal<boolean> }>) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={on.value}
        onChange={(event) => {
          on.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}

/** `host`: steps can be asked first, and a story has notes. */
export function Notes({ host }: Readonly<{ host: boolean }>) {
  const [shown, setShown] = useState(false);
  if (!presenting.value) return null;
  return (
    <div class="teacher">
      <Check label={say({ en: 'Both languages', zh: '双语' })} on={bilingual} />
      {host && (
        <>
          <Check label={say({ en: 'Ask before each step', zh: '每步先提问' })} on={askFirst} />
          <label class="check">
            <input
              type="checkbox"
              checked={shown}
              onChange={(event) => setShown(event.currentTarget.checked)}
            />
            {say({ en: 'Notes', zh: '备注' })}
          </label>
        </>
      )}
      <span class="faint">
        {host
          ? say({ en: 'Page Up, Page Down: step by step', zh: 'Page Up / Page Down：翻步' })
          : say({
              en: 'Page Up, Page Down: exercise by exercise',
              zh: 'Page Up / Page Down：逐题翻页',
            })}
      </span>
      {host && shown && <Story />}
    </div>
  );
}
