/**
 * For the teacher, in a presentation: both languages at once, and what the story is about, kept from the class until wanted.
 */
import { useState } from 'preact/hooks';
import { branch, engine, story } from '../state/app.ts';
import { bilingual, say } from '../state/language.ts';
import { presenting } from '../state/presenting.ts';
import { withEngine } from '../state/start.ts';

function Story() {
  const loaded = engine.value;
  if (loaded === null) withEngine();
  const { name, at } = story.value;
  const told = loaded?.storyText(name) ?? null;
  const next = branch.value.items[at + 1];
  return (
    <section class="notes" aria-label={say({ en: 'Notes', zh: '备注' })}>
      {told !== null && (bilingual.value ? `${told.en} ${told.zh}` : say(told))}
      {next !== undefined && (
        <p class="faint">
          {say({ en: 'Next: ', zh: '下一步：' })}
          {say(next.says)}
        </p>
      )}
    </section>
  );
}

export function Notes() {
  const [shown, setShown] = useState(false);
  if (!presenting.value) return null;
  return (
    <div class="teacher">
      <label class="check">
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        {say({ en: 'Notes', zh: '备注' })}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={bilingual.value}
          onChange={(event) => {
            bilingual.value = event.currentTarget.checked;
          }}
        />
        {say({ en: 'Both languages', zh: '双语' })}
      </label>
      <span class="faint">
        {say({
          en: 'Page Up and Page Down go from step to step.',
          zh: 'Page Up / Page Down 翻步。',
        })}
      </span>
      {shown && <Story />}
    </div>
  );
}
