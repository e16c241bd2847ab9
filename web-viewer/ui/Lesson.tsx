/**
 * One lesson: prose, exercises that the host answers, a score, and what to hand in.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Answer, Desk, Graded, Lesson as Read, Submission } from '../model/desk.ts';
import { withDesk } from '../state/deskArrives.ts';
import { say } from '../state/language.ts';
import { gradedText, notesShown, student, textOf } from '../state/lessons.ts';
import { save } from '../state/save.ts';
import { drawn } from '../state/start.ts';
import { Exercise } from './Exercise.tsx';
import { lessonLink } from './links.ts';
import { Prose } from './Prose.tsx';
import { useArrived } from './useArrived.ts';

type Given = Submission['answers'][number] & Readonly<{ graded: Graded }>;

function Head({ lesson }: Readonly<{ lesson: Read }>) {
  return (
    <header>
      <h1>{lesson.title}</h1>
      <p class="faint">
        {lesson.minutes} {say({ en: 'minutes', zh: '分钟' })}
        {student.value !== '' && ` · ${student.value}`}
      </p>
      <h2 class="unseen">{say({ en: 'Objectives', zh: '目标' })}</h2>
      <ul class="objectives">
        {lesson.objectives.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </header>
  );
}

function Score({
  lesson,
  given,
  seed,
}: Readonly<{ lesson: Read; given: readonly Given[]; seed: number }>) {
  const points = given.reduce((sum, { graded }) => sum + graded.points, 0);
  const all = given.length === lesson.exercises.length;
  return (
    <section class="score" aria-labelledby="score-title">
      <h2 id="score-title">{say({ en: 'Score', zh: '得分' })}</h2>
      <p role="status">
        {say({
          en: `${points} points, ${given.length} of ${lesson.exercises.length} answered.`,
          zh: `${points} 分，已答 ${given.length}/${lesson.exercises.length} 题。`,
        })}
        {all && ` ${say({ en: 'The lesson is done.', zh: '本课完成。' })}`}
      </p>
      <p>
        <a href={lessonLink(lesson.id, seed + 1)}>
          {say({ en: 'Again, on other hosts', zh: '换一批主机再做一遍' })}
        </a>
      </p>
    </section>
  );
}

function Tools({
  desk,
  lesson,
  given,
}: Readonly<{ desk: Desk; lesson: Read; given: readonly Given[] }>) {
  const handIn = () => {
    const answers = given.map(({ graded: _, ...rest }) => rest);
    const made = desk.submission(lesson, gradedText(lesson.id), student.value, answers);
    save(`${lesson.id}-${student.value.replace(/\W+/g, '-')}.json`, JSON.stringify(made, null, 2));
  };
  return (
    <div class="tools">
      <button type="button" onClick={handIn} disabled={student.value === '' || given.length === 0}>
        {say({ en: 'Save the submission', zh: '保存提交文件' })}
      </button>
      {student.value === '' && (
        <span class="faint">
          {say({
            en: 'To hand in, give your name on the page of lessons.',
            zh: '要提交，请先在课程页填写姓名。',
          })}
        </span>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={notesShown.value}
          onChange={(event) => (notesShown.value = event.currentTarget.checked)}
        />
        {say({ en: "Teacher's notes and answers", zh: '教师备注与答案' })}
      </label>
    </div>
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

function Ready({ desk, lesson, seed }: Readonly<{ desk: Desk; lesson: Read; seed: number }>) {
  const [given, setGiven] = useState<readonly Given[]>([]);
  const set = useSet(lesson.exercises.length);
  const answer = (exercise: number, what: Answer, hints: number, graded: Graded) =>
    setGiven((old) => [
      ...old.filter((each) => each.exercise !== exercise),
      { exercise, answer: what, hints, graded },
    ]);
  return (
    <article class="lesson">
      <Head lesson={lesson} />
      {lesson.parts.map((part) =>
        'prose' in part ? (
          <Prose text={part.prose} />
        ) : part.exercise >= set ? (
          <p class="waiting">{say({ en: 'a host is being played', zh: '正在模拟主机' })} …</p>
        ) : (
          <Exercise
            key={`${lesson.id} ${seed} ${part.exercise}`}
            desk={desk}
            lesson={lesson}
            number={part.exercise}
            seed={seed}
            onAnswer={(what, hints, graded) => answer(part.exercise, what, hints, graded)}
          />
        ),
      )}
      <Score lesson={lesson} given={given} seed={seed} />
      <Tools desk={desk} lesson={lesson} given={given} />
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
