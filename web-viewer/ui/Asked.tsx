/** A question; a command in it stands between backquotes. */
import type { Words } from '../../sim/play/scenario.ts';
import { bilingual, say } from '../state/language.ts';
import { presenting } from '../state/presenting.ts';

const parts = (text: string) =>
  text.split('`').map((piece, i) => (i % 2 === 1 ? <code>{piece}</code> : piece));

export function Asked({ words }: Readonly<{ words: Words }>) {
  const both = presenting.value && bilingual.value && words.en !== words.zh;
  if (!both) return <p class="ask">{parts(say(words))}</p>;
  return (
    <p class="ask">
      <span lang="en">{parts(words.en)}</span> <span lang="zh-CN">{parts(words.zh)}</span>
    </p>
  );
}
