/**
 * A disagreement on paper: the script, both answers side by side, and the line that repeats it.
 */
import { type Answer, normalAnswer } from './compare.ts';

const CONTEXT = 2;

/** Lines of both texts, `-` the real one's and `+` ours; from the first to the last that differ. */
function difference(real: string, ours: string): string {
  const [a, b] = [real.split('\n'), ours.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end))
    end++;
  const before = a.slice(Math.max(0, start - CONTEXT), start).map((line) => `  ${line}`);
  const gone = a.slice(start, a.length - end).map((line) => `- ${line}`);
  const made = b.slice(start, b.length - end).map((line) => `+ ${line}`);
  return [...before, ...gone, ...made].join('\n');
}

export function shown(
  steps: readonly string[],
  real: Answer,
  ours: Answer,
  replay: string,
): string {
  const [a, b] = [normalAnswer(real), normalAnswer(ours)];
  const parts = [
    `script:\n${steps.map((step) => `    ${step.replaceAll('\n', '\n    ')}`).join('\n')}`,
  ];
  for (const stream of ['stdout', 'stderr'] as const)
    if (a[stream] !== b[stream])
      parts.push(`${stream} (- real, + simulated):\n${difference(a[stream], b[stream])}`);
  if (a.status !== b.status) parts.push(`exit status: real ${a.status}, simulated ${b.status}`);
  return `${parts.join('\n')}\nreplay: ${replay}\n`;
}
