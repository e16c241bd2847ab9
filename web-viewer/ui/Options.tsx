/** What can be answered, in one click; the host's verdict stands on the options themselves. */
import type { Task } from '../model/desk.ts';
import { say } from '../state/language.ts';
import { notesShown } from '../state/lessons.ts';
import { Said } from './Said.tsx';

type Props = Readonly<{
  task: Extract<Task, { kind: 'choice' }>;
  chosen: number | null;
  choose: (option: number) => void;
  name: string;
}>;

type Verdict = 'right' | 'wrong' | '';

function verdictOn(option: number, { task, chosen }: Props): Verdict {
  if (chosen === null) return notesShown.value && option === task.correct ? 'right' : '';
  if (option === task.correct) return 'right';
  return option === chosen ? 'wrong' : '';
}

function Stamp({ how }: Readonly<{ how: Verdict }>) {
  if (how === '') return null;
  return (
    <span class="stamp">
      {how === 'right'
        ? `✓ ${say({ en: 'the host says so', zh: '主机如此回答' })}`
        : `✕ ${say({ en: 'not so', zh: '不对' })}`}
    </span>
  );
}

export function Options(props: Props) {
  const { task, chosen, choose, name } = props;
  return (
    <ul class="options" aria-label={name}>
      {task.options.map(({ text, verbatim }, i) => {
        const how = verdictOn(i, props);
        return (
          <li class={how}>
            <button
              type="button"
              aria-pressed={chosen === i}
              disabled={chosen !== null && chosen !== i && how === ''}
              onClick={() => chosen === null && choose(i)}
            >
              <Stamp how={how} />
              {verbatim ? <pre>{say(text)}</pre> : <Said words={text} />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
