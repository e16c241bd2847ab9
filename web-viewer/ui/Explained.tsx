/** What was pasted, explained. */
import { story } from '../state/app.ts';
import { say } from '../state/language.ts';
import type { WhyAnswer } from '../worker/questions.ts';
import { Explanation } from './Explanation.tsx';
import { Searching } from './Searching.tsx';
import { useWorker } from './useWorker.ts';

/** On which host the evidence is held against: the profile that is shown. */
export function Explained({ text }: Readonly<{ text: string }>) {
  const { profile } = story.value;
  const asking = useWorker<WhyAnswer>(text, { ask: 'paste', text, profile });
  return (
    <>
      <h3>{say({ en: `On a host like ${profile}`, zh: `在 ${profile} 这样的主机上` })}</h3>
      <Searching asking={asking} />
      {asking.answer && <Explanation why={asking.answer} here={false} />}
    </>
  );
}
