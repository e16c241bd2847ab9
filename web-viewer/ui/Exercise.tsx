/**
 * One exercise: the question, hints in a ladder, an answer in one click or by doing, scored at once by the host beside it.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Words } from '../../sim/play/scenario.ts';
import type { Answer, Desk, Graded, Here, Lesson, Task } from '../model/desk.ts';
import type { Item } from '../model/item.ts';
import { say } from '../state/language.ts';
import type { Answered } from '../state/lessons.ts';
import { drawn, openTraceText, waitFor } from '../state/start.ts';
import { visitTrace } from '../state/visit.ts';
import { Doing } from './Doing.tsx';
import { HostBeside } from './HostBeside.tsx';
import { Options } from './Options.tsx';
import { Said } from './Said.tsx';
import { Sequence } from './Sequence.tsx';

type Props = Readonly<{
  desk: Desk;
  lesson: Lesson;
  number: number;
  seed: number;
  given: Answered | null;
  /** The picture waits until all questions stand. */
  settled: boolean;
  onAnswer: (answer: Answer, hints: number, graded: Graded) => void;
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

function Happened({ task }: Readonly<{ task: Task }>) {
  if (task.kind !== 'choice') return null;
  return (
    <p class="faint">
      {say({ en: 'On this host, last: ', zh: '这台主机上，最近发生的是：' })}
      <Sequence words={task.happened} />
    </p>
  );
}

/** Worked out after the question is drawn: nobody waits for a picture to answer. */
function usePicture(
  { desk, lesson, settled }: Pick<Props, 'desk' | 'lesson' | 'settled'>,
  task: Task,
  here: Here,
): readonly Item[] | null {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  useEffect(() => {
    let wanted = settled;
    if (settled) drawn().then(() => wanted && setItems(desk.picture(lesson, task, here)));
    return () => {
      wanted = false;
    };
  }, [settled, here]);
  return items;
}

const wrong: Words = {
  en: 'not so: step through the host and see why',
  zh: '不对：在主机上一步步看看为什么',
};

const playing: Words = { en: 'playing this host', zh: '正在重放这台主机' };

/** A lesson of somebody's own may ask what its scenario has not: then the reason stands in the question's place. */
export function Exercise(props: Props) {
  const { desk, lesson, number, seed } = props;
  const set = useMemo(() => {
    try {
      return { task: desk.task(lesson, number, seed) };
    } catch (error) {
      return { refused: error instanceof Error ? error.message : String(error) };
    }
  }, [desk, lesson, number, seed]);
  if ('refused' in set) return <p role="alert">{set.refused}</p>;
  return <Question {...props} task={set.task} />;
}

function Question(props: Props & Readonly<{ task: Task }>) {
  const { desk, lesson, number, given, onAnswer, task } = props;
  const [shown, setShown] = useState(given?.hints ?? 0);
  const [here, setHere] = useState<Here>(() =>
    given === null ? task.here : desk.hostOf(task, given.answer),
  );
  const items = usePicture(props, task, here);
  const exercise = lesson.exercises[number];
  const title = `${number + 1}. ${say(modeWords[task.mode])}`;
  const open = given !== null || task.kind === 'do';
  const answer = (what: Answer) => onAnswer(what, shown, desk.gradeOf(task, what));
  const takeApart = () =>
    waitFor(playing, () => openTraceText(desk.traceOf(here))).then((done) => done && visitTrace());
  return (
    <section class="exercise" aria-label={title}>
      <div class="question">
        <h3>{title}</h3>
        <Happened task={task} />
        <p class="ask">
          <Said words={task.ask} />
        </p>
        {task.kind === 'choice' ? (
          <Options
            task={task}
            chosen={typeof given?.answer === 'number' ? given.answer : null}
            choose={answer}
            name={title}
          />
        ) : (
          <Doing desk={desk} task={task} given={given} onHere={setHere} onAnswer={answer} />
        )}
        {task.kind === 'choice' && (
          <p role="status" class="outcome">
            {given !== null && say(given.graded.points > 0 ? given.graded.says : wrong)}
          </p>
        )}
        <Hints hints={exercise?.hints ?? []} shown={shown} more={() => setShown(shown + 1)} />
      </div>
      {items !== null && (
        <HostBeside
          items={items}
          seen={open ? items.length : desk.seenBefore(items)}
          onOpen={open ? takeApart : null}
        />
      )}
    </section>
  );
}
