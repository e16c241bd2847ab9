/**
 * Words in the reader's language; in a presentation, in both where that is wished.
 *
 * A command in them stands between backquotes. What is the same in both languages is a command line, and no word to translate.
 */
import type { Words } from '../../sim/play/scenario.ts';
import { bilingual, language } from '../state/language.ts';
import { presenting } from '../state/presenting.ts';

const quoted = (text: string) =>
  text.split('`').map((piece, i) => (i % 2 === 1 ? <code>{piece}</code> : piece));

export function Said({ words }: Readonly<{ words: Words }>) {
  if (words.en === words.zh) return <span translate={false}>{words.en}</span>;
  if (!presenting.value || !bilingual.value) return <>{quoted(words[language.value])}</>;
  const [first, second] =
    language.value === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const);
  const lang = { en: 'en', zh: 'zh-CN' };
  return (
    <>
      <span lang={lang[first]}>{quoted(words[first])}</span>{' '}
      <span lang={lang[second]} class="faint">
        {quoted(words[second])}
      </span>
    </>
  );
}
