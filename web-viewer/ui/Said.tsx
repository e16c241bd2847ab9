/** Words in the reader's language; in a presentation, in both where that is wished. A command line is no word to translate. */
import type { Words } from '../../sim/play/scenario.ts';
import { bilingual, language, say } from '../state/language.ts';
import { presenting } from '../state/presenting.ts';

export function Said({ words }: Readonly<{ words: Words }>) {
  if (words.en === words.zh) return <span translate={false}>{words.en}</span>;
  if (!presenting.value || !bilingual.value) return <>{say(words)}</>;
  const [first, second] =
    language.value === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const);
  const lang = { en: 'en', zh: 'zh-CN' };
  return (
    <>
      <span lang={lang[first]}>{words[first]}</span>{' '}
      <span lang={lang[second]} class="faint">
        {words[second]}
      </span>
    </>
  );
}
