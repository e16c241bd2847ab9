/**
 * The page's end of the worker: a question, its progress, its answer.
 *
 * The one-file page has no second file to load, so the worker is the page's own script again, from a blob.
 */
import type { Counts, Message, Question } from '../worker/questions.ts';

type Waiting = Readonly<{
  done: (answer: unknown) => void;
  failed: (error: Error) => void;
  progress: (counts: Counts) => void;
}>;

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, Waiting>();

function newWorker(): Worker {
  if (!SINGLE)
    return new Worker(new URL('../worker/alone.ts', import.meta.url), { type: 'module' });
  const script = document.getElementById('kvmlab')?.textContent ?? '';
  return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
}

function hear({ data }: MessageEvent<Message>): void {
  const who = waiting.get(data.to);
  if (who === undefined) return;
  if ('progress' in data) {
    who.progress(data.progress);
    return;
  }
  waiting.delete(data.to);
  if ('refused' in data) who.failed(new Error(data.refused));
  else who.done(data.answer);
}

function working(): Worker {
  if (worker !== null) return worker;
  worker = newWorker();
  worker.onmessage = hear;
  worker.onerror = (event) => {
    for (const { failed } of waiting.values()) failed(new Error(event.message));
    waiting.clear();
  };
  return worker;
}

export function askWorker<T>(
  question: Question,
  progress: Waiting['progress'] = () => {},
): Promise<T> {
  const to = ++asked;
  return new Promise<T>((resolve, reject) => {
    waiting.set(to, { done: (answer) => resolve(answer as T), failed: reject, progress });
    working().postMessage({ to, question });
  });
}

/** Stop whatever is being searched. */
export function stopWorker(): void {
  worker?.terminate();
  worker = null;
  for (const { failed } of waiting.values()) failed(new Error('stopped'));
  waiting.clear();
}
