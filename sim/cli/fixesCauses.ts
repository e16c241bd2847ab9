/**
 * The known causes of one error side by side, each with what mends it in one command.
 */
import type { Fixes } from '../explain/fixes/fixes.ts';
import type { Words } from '../explain/words.ts';
import { prose } from '../play/columns.ts';
import { say } from '../play/words.ts';
import { type FixesView, headLines, typedLines, WIDTH } from './fixesLines.ts';

export function causesView(
  each: readonly Readonly<{ says: Words; found: Fixes }>[],
  view: FixesView,
): string {
  const { language, paint } = view;
  const lines = each.flatMap(({ says, found }) => {
    const [best] = found.fixes;
    const none = language === 'en' ? 'no single command helps' : '没有单条命令有用';
    const commands =
      best === undefined
        ? [`    ${paint.bad(none)}`]
        : [
            ...typedLines(best, best.told),
            ...best.also.map(({ argv }) => `    # ${argv.join(' ')}`),
          ].map(paint.good);
    return [...prose(say(says, language), WIDTH), ...commands];
  });
  const count =
    language === 'en'
      ? `This error has ${each.length} known causes; each needs its own repair. \`kvmlab why\` says how to tell them apart.`
      : `此错误有 ${each.length} 种已知原因，修复各不相同；\`kvmlab why\` 说明如何区分。`;
  return [
    ...headLines(each[0]?.found.history.profile ?? '', view),
    '',
    ...prose(count, WIDTH),
    '',
    ...lines,
  ].join('\n');
}
