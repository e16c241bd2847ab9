/**
 * One exercise: the question, hints in a ladder, an answer in one click or by doing, scored at once by the host.
 */
import { useMemo, useState } from 'preact/hooks';
import type { Words } from '../../sim/play/scenario.ts';
import type { Answer, Desk, Graded, Lesson, Task } from '../model/desk.ts';
import { bilingual, say } from '../state/language.ts';
import { notesShown } from '../state/lessons.ts';
import { presenting } from '../state/presenting.ts';
import { Doing } from './Doing.tsx';

type Answered = (answer: Answer, hints: number, graded: Graded) => void;

type Props = Readonly<{
  desk: Desk;
  lesson: Lesson;
  number: number;
  seed: number;
  onAnswer: Answered;
}>;

const modeWords: Readonly<Record<Task['mode'], Words>> = {
  predict: { en: 'Predict', zh: '预测' },
  diagnose: { en: 'Diagnose', zh: '诊断' },
  repair: { en: 'Repair', zh: '修复' },
  break: { en: 'Break it', zh: '弄坏它' },
  lie: { en: 'Spot the lie', zh: '找出谎言' },
};

function Hints({
  hints,
  shown,
  more,
}: Readonly<{ hints: readonly string[]; shown: number; more: () => void }>) {
  if (hints.length === 0) return null;
  return (
    <div class="hints">
      <ol>
        {hints.slice(0, shown).map((hint) => (
          <li>{hint}</li>
        ))}
      </ol>
      {shown < hints.length && (
        <button type="button" onClick={more}>
          {say({ en: 'A hint', zh: '提示' })} ({shown + 1}/{hints.length})
        </button>
      )}
    </div>
  );
}

/** A command in a question stands between backquotes. */
function Asked({ words }: Readonly<{ words: Words }>) {
  const parts = (text: string) =>
    text.split('`').map((piece, i) => (i % 2 === 1 ? <code>{piece}</code> : piece));
  const both = presenting.value && bilingual.value && words.en !== words.zh;
  if (!both) return <p class="ask">{parts(say(words))}</p>;
  return (
    <p class="ask">
      <span lang="en">{parts(words.en)}</span> <span lang="zh-CN">{parts(words.zh)}</span>
    </p>
  );
}

function Options({
  task,
  chosen,
  choose,
  name,
}: Readonly<{
  task: Extract<Task, { kind: 'choice' }>;
  chosen: number | null;
  choose: (option: number) => void;
  name: string;
}>) {
  const verdict = (i: number): 'right' | 'wrong' | '' => {
    if (chosen === null) return notesShown.value && i === task.correct ? 'right' : '';
    if (i === task.correct) return 'right';
    return i === chosen ? 'wrong' : '';
  };
  return (
    <ul class="options" aria-label={name}>
      {task.options.map(({ text, verbatim }, i) => {
        const how = verdict(i);
        return (
          <li class={how}>
            <button
              type="button"
              aria-pressed={chosen === i}
              disabled={chosen !== null && chosen !== i && how === ''}
              onClick={() => chosen === null && choose(i)}
            >
              {how !== '' && (
                <span class="stamp">
                  {how === 'right' ? '✓' : '✕'}{' '}
                  {how === 'right'
                    ? say({ en: 'the host says so', zh: '主机如此回答' })
                    : say({ en: 'not so', zh: '不对' })}
                </span>
              )}
              {verbatim ? <pre>{say(text)}</pre> : <span>{say(text)}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Happened({ task }: Readonly<{ task: Task }>) {
  if (task.kind !== 'choice') return null;
  const { happened } = task;
  return (
    <p class="faint">
      {say({ en: 'On this host, last: ', zh: '这台主机上，最近发生的是：' })}
      {happened.map(say).join(' → ')}
    </p>
  );
}

export function Exercise({ desk, lesson, number, seed, onAnswer }: Props) {
  const task = useMemo(() => desk.task(lesson, number, seed), [desk, lesson, number, seed]);
  const [shown, setShown] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  const exercise = lesson.exercises[number];
  const title = `${number + 1}. ${say(modeWords[task.mode])}`;
  const choose = (option: number) => {
    setChosen(option);
    onAnswer(option, shown, desk.gradeOf(task, option));
  };
  return (
    <section class="exercise" aria-label={title}>
      <h3>{title}</h3>
      <Happened task={task} />
      <Asked words={task.ask} />
      {task.kind === 'choice' ? (
        <Options task={task} chosen={chosen} choose={choose} name={title} />
      ) : (
        <Doing
          desk={desk}
          task={task}
          onAnswer={(lines, graded) => onAnswer(lines, shown, graded)}
        />
      )}
      <p role="status" class="outcome">
        {chosen !== null && task.kind === 'choice' && say(desk.gradeOf(task, chosen).says)}
      </p>
      <Hints hints={exercise?.hints ?? []} shown={shown} more={() => setShown(shown + 1)} />
    </section>
  );
}
