/** In a presentation: what comes next, as a question. The command stands there, its effect does not. */
import { branch, story } from '../state/app.ts';
import { say } from '../state/language.ts';
import { asking } from '../state/presenting.ts';
import { Said } from './Said.tsx';

export function AskedFirst() {
  const next = branch.value.items[story.value.at + 1];
  if (!asking.value || next === undefined) return null;
  return (
    <p class="asked-first" role="status">
      {next.typed === null ? (
        <Said words={next.says} />
      ) : (
        <code>{`${next.prompt} ${next.typed}`}</code>
      )}{' '}
      — {say({ en: 'what will happen?', zh: '会发生什么？' })}
    </p>
  );
}
