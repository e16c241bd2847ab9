/**
 * A question to the worker, asked when its key changes: its counts as they grow, its answer, or why there is none.
 */
import { useEffect, useState } from 'preact/hooks';
import { askWorker, stopWorker } from '../state/worker.ts';
import type { Counts, Question } from '../worker/questions.ts';

export type Asking<T> = Readonly<{
  answer: T | null;
  refused: string | null;
  counts: Counts | null;
}>;

const nothing = { answer: null, refused: null, counts: null };

/** null asks nothing. A question that is given up stops the worker: a search may be long. */
export function useWorker<T>(key: string, question: Question | null): Asking<T> {
  const [asking, setAsking] = useState<Asking<T>>(nothing);
  useEffect(() => {
    setAsking(nothing);
    if (question === null) return;
    let open = true;
    askWorker<T>(question, (counts) => open && setAsking({ ...nothing, counts }))
      .then((answer) => open && setAsking({ ...nothing, answer }))
      .catch((error: Error) => open && setAsking({ ...nothing, refused: error.message }))
      .finally(() => {
        if (open) open = false;
      });
    return () => {
      if (open) stopWorker();
      open = false;
    };
    // The question is made anew by every drawing; the key says whether it is another one.
  }, [key]);
  return asking;
}
