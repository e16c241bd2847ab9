/**
 * How it stands with a layer: a shape, a word for those who do not see it, and only then a colour.
 */
import type { LayerView } from '../model/item.ts';
import { say } from '../state/language.ts';

const shapes = { good: '✓', bad: '✕', odd: '!', quiet: '·' } as const;
const meanings = {
  good: { en: 'works', zh: '正常' },
  bad: { en: 'fails', zh: '失败' },
  odd: { en: 'not as it looks', zh: '与表面不符' },
  quiet: { en: 'says nothing', zh: '无异常表现' },
} as const;

export function Mark({ mark }: Readonly<{ mark: LayerView['mark'] }>) {
  return (
    <span
      class={`mark ${mark}`}
      role="img"
      aria-label={say(meanings[mark])}
      title={say(meanings[mark])}
    >
      {shapes[mark]}
    </span>
  );
}
