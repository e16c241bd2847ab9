/** What was pasted, explained. */
import { story } from '../state/app.ts';
import { language, say } from '../state/language.ts';
import type { PasteAnswer } from '../worker/questions.ts';
import { Explanation } from './Explanation.tsx';
import { Searching } from './Searching.tsx';
import { useWorker } from './useWorker.ts';

/** On which host the evidence is held against: the profile that is shown. */
export function Explained({ text }: Readonly<{ text: string }>) {
  const { profile } = story.value;
  const tongue = language.value;
  const asking = useWorker<PasteAnswer>(text, { ask: 'paste', text, profile, language: tongue });
  const { answer } = asking;
  if (answer && 'report' in answer) return <pre class="block">{answer.report}</pre>;
  return (
    <>
      <h3>{say({ en: `On a host like ${profile}`, zh: `在 ${profile} 这样的主机上` })}</h3>
      <Searching asking={asking} />
      {answer && <Explanation why={answer} here={false} />}
    </>
  );
}
