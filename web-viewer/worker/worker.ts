/**
 * The worker: one question after the other, each answered or refused in a sentence.
 */
import '../model/unfrozen.ts';
import { explored } from './explore.ts';
import { mended } from './fixes.ts';
import type { Counts, Message, Question } from './questions.ts';
import { explained, explainedText } from './why.ts';

type Scope = {
  onmessage: ((event: { data: { to: number; question: Question } }) => void) | null;
  postMessage: (message: Message) => void;
};

function answerTo(question: Question, progress: (counts: Counts) => void): unknown {
  switch (question.ask) {
    case 'why':
      return explained({ kind: 'trace', trace: question.trace }, question.trace.profile);
    case 'paste':
      return explainedText(question);
    case 'fixes':
      return mended(question.trace);
    case 'explore':
      return explored(question.model, progress);
  }
}

export function serve(scope: Scope): void {
  scope.onmessage = ({ data: { to, question } }) => {
    try {
      const answer = answerTo(question, (progress) => scope.postMessage({ to, progress }));
      scope.postMessage({ to, answer });
    } catch (error) {
      scope.postMessage({ to, refused: error instanceof Error ? error.message : String(error) });
    }
  };
}
