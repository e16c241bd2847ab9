/**
 * The worker: one question after the other, each answered or refused in a sentence.
 */
import '../model/unfrozen.ts';
import type { Counts, Message, Question } from './questions.ts';

type Scope = {
  onmessage: ((event: { data: { to: number; question: Question } }) => void) | null;
  postMessage: (message: Message) => void;
};

/** Each kind of question loads what answers it. */
async function answerTo(question: Question, progress: (counts: Counts) => void): Promise<unknown> {
  switch (question.ask) {
    case 'why': {
      const { trace } = question;
      return (await import('./why.ts')).explained({ kind: 'trace', trace }, trace.profile);
    }
    case 'paste':
      return (await import('./why.ts')).explainedText(question);
    case 'fixes':
      return (await import('./fixes.ts')).mended(question.trace);
    case 'explore':
      return (await import('./explore.ts')).explored(question.model, progress);
  }
}

export function serve(scope: Scope): void {
  scope.onmessage = async ({ data: { to, question } }) => {
    try {
      const answer = await answerTo(question, (progress) => scope.postMessage({ to, progress }));
      scope.postMessage({ to, answer });
    } catch (error) {
      scope.postMessage({ to, refused: error instanceof Error ? error.message : String(error) });
    }
  };
}
