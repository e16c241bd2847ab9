/**
 * One lesson: prose, exercises that the host answers, a score, the way on, and what to hand in.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Desk, Lesson as Read } from '../model/desk.ts';
import { withDesk } from '../state/deskArrives.ts';
import { bilingual, language, say } from '../state/language.ts';
import {
  type Answered,
  answersTo,
  keepAnswer,
  notesShown,
  student,
  textOf,
} from '../state/lessons.ts';
import { presenting } from '../state/presenting.ts';
import { drawn } from '../state/start.ts';
import { Exercise } from './Exercise.tsx';
import { HandIn, NameFirst } from './HandIn.tsx';
import { Prose } from './Prose.tsx';
import { Score } from './Score.tsx';
import { useArrived } from './useArrived.ts';

function Head({ lesson }: Readonly<{ lesson: Read }>) {
  return (
    <header>
      <h1>{lesson.title}</h1>
      <p class="faint">
        {lesson.minutes} {say({ en: 'minutes', zh: '分钟' })} · {lesson.exercises.length}{' '}
        {say({ en: 'exercises', zh: '道题' })}
      </p>
      <h2 class="unseen">{say({ en: 'Objectives', zh: '目标' })}</h2>
      <ul class="objectives">
        {lesson.objectives.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <NameFirst />
    </header>
  );
}

/** One exercise after the other is set, so that the first can be answered while the next hosts are played. */
function useSet(count: number): number {
  const [set, setSet] = useState(0);
  useEffect(() => {
    if (set < count) drawn().then(() => setSet(set + 1));
  }, [set, count]);
  return set;
}

/** In a presentation in both languages, the same words in the other one. */
function useOther({ desk, lesson: { id } }: Pick<ReadyProps, 'desk' | 'lesson'>): Read | null {
  const wanted = presenting.value && bilingual.value;
  const tongue = language.value === 'zh' ? 'en' : 'zh';
  return useMemo(() => {
    const found = wanted ? textOf(id, tongue) : null;
    return found && desk.lessonOf(found.file, found.text);
  }, [wanted, tongue, id]);
}

function Other({ part }: Readonly<{ part: Read['parts'][number] | undefined }>) {
  if (part === undefined || !('prose' in part)) return null;
  return (
    <div class="faint" lang={language.value === 'zh' ? 'en' : 'zh-CN'}>
      <Prose text={part.prose} />
    </div>
  );
}

type ReadyProps = Readonly<{ desk: Desk; lesson: Read; seed: number }>;

function Parts({
  desk,
  lesson,
  seed,
  given,
}: ReadyProps & Readonly<{ given: readonly Answered[] }>) {
  const set = useSet(lesson.exercises.length);
  const other = useOther({ desk, lesson });
  return (
    <>
      {lesson.parts.map((part, i) =>
        'prose' in part ? (
          <>
            <Prose text={part.prose} />
            <Other part={other?.parts[i]} />
          </>
        ) : part.exercise >= set ? (
          <p class="waiting">{say({ en: 'a host is being played', zh: '正在模拟主机' })} …</p>
        ) : (
          <Exercise
            key={`${lesson.id} ${seed} ${part.exercise}`}
            desk={desk}
            lesson={lesson}
            number={part.exercise}
            seed={seed}
            given={given.find(({ exercise }) => exercise === part.exercise) ?? null}
            settled={set >= lesson.exercises.length}
            onAnswer={(answer, hints, graded) =>
              keepAnswer(lesson.id, seed, { exercise: part.exercise, answer, hints, graded })
            }
          />
        ),
      )}
    </>
  );
}

function Ready({ desk, lesson, seed }: ReadyProps) {
  const given = answersTo(lesson.id, seed);
  return (
    <article class="lesson">
      <Head lesson={lesson} />
      <Parts desk={desk} lesson={lesson} seed={seed} given={given} />
      <Score lesson={lesson} given={given} seed={seed} />
      <HandIn desk={desk} lesson={lesson} given={given} />
      <label class="check">
        <input
          type="checkbox"
          checked={notesShown.value}
          onChange={(event) => (notesShown.value = event.currentTarget.checked)}
        />
        {say({ en: "Teacher's notes and answers", zh: '教师备注与答案' })}
      </label>
      {notesShown.value && (
        <section class="notes">
          <h2>{say({ en: 'For the teacher', zh: '教师备注' })}</h2>
          <Prose text={lesson.notes} />
        </section>
      )}
    </article>
  );
}

export function Lesson({ lesson: id, seed }: Readonly<{ lesson: string; seed: number }>) {
  const desk = useArrived(withDesk);
  const found = textOf(id);
  const lesson = useMemo(
    () => (desk && found ? desk.lessonOf(found.file, found.text) : null),
    [desk, found?.text],
  );
  if (found === null)
    return (
      <p role="alert">{say({ en: `There is no lesson ${id}.`, zh: `没有 ${id} 这一课。` })}</p>
    );
  if (desk === null || lesson === null)
    return <p class="waiting">{say({ en: 'the simulator is arriving', zh: '模拟器加载中' })} …</p>;
  const own = student.value === '' ? seed : desk.seedOf(student.value, id);
  return <Ready key={`${id} ${own}`} desk={desk} lesson={lesson} seed={own} />;
}
