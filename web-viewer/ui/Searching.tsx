/** That something is being searched, how far it is, or why it cannot be. */
import { say } from '../state/language.ts';
import type { Asking } from './useWorker.ts';

export function Searching({ asking }: Readonly<{ asking: Asking<unknown> }>) {
  const { answer, refused, counts } = asking;
  if (refused !== null) return <p role="alert">{refused}</p>;
  if (answer !== null) return null;
  return (
    <p class="waiting" role="status">
      {say({ en: 'searching', zh: '搜索中' })} …{' '}
      {counts !== null &&
        say({
          en: `${counts.states} states, ${counts.transitions} transitions`,
          zh: `${counts.states} 个状态，${counts.transitions} 次转移`,
        })}
    </p>
  );
}
