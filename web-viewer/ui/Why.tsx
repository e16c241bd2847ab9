/** Why is it broken, at the moment that is shown? */
import { say } from '../state/language.ts';
import type { WhyAnswer } from '../worker/questions.ts';
import { Explanation } from './Explanation.tsx';
import { hostNow } from './hostNow.ts';
import { Searching } from './Searching.tsx';
import { useWorker } from './useWorker.ts';

export function Why() {
  const now = hostNow();
  const question = now === null ? null : ({ ask: 'why', trace: now.trace } as const);
  const asking = useWorker<WhyAnswer>(now?.key ?? '', question);
  return (
    <section aria-labelledby="why-title">
      <h2 id="why-title">{say({ en: 'Why is it broken?', zh: '为什么坏了？' })}</h2>
      <Searching asking={asking} />
      {asking.answer && <Explanation why={asking.answer} here />}
    </section>
  );
}
