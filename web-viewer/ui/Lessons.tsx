/**
 * The list of lessons, in teaching order; and a lesson of one's own, from a file.
 */
import type { Desk, Lesson } from '../model/desk.ts';
import { notice } from '../state/app.ts';
import { withDesk } from '../state/deskArrives.ts';
import { say } from '../state/language.ts';
import { answersTo, ids, student, textOf, texts, titleOf } from '../state/lessons.ts';
import { visitLesson } from '../state/visit.ts';
import { lessonLink } from './links.ts';
import { StudentName } from './StudentName.tsx';
import { useArrived } from './useArrived.ts';

function read(desk: Desk, id: string): Lesson | null {
  const found = textOf(id);
  return found === null ? null : desk.lessonOf(found.file, found.text);
}

/** How far it has been answered while the page was open. */
function Progress({ desk, lesson }: Readonly<{ desk: Desk; lesson: Lesson }>) {
  const seed = student.value === '' ? 1 : desk.seedOf(student.value, lesson.id);
  const { length } = answersTo(lesson.id, seed);
  if (length === 0) return null;
  const of = lesson.exercises.length;
  return (
    <span class={length === of ? 'good' : 'faint'}>
      {length === of ? `✓ ${say({ en: 'done', zh: '已完成' })}` : `${length}/${of}`}
    </span>
  );
}

function Row({ desk, lesson }: Readonly<{ desk: Desk; lesson: Lesson }>) {
  return (
    <li>
      <h2>
        <a href={lessonLink(lesson.id)}>{lesson.title}</a> <Progress desk={desk} lesson={lesson} />
      </h2>
      <p class="faint">
        {lesson.minutes} {say({ en: 'minutes', zh: '分钟' })} · {lesson.exercises.length}{' '}
        {say({ en: 'exercises', zh: '道题' })}
        {lesson.needs.length > 0 &&
          ` · ${say({ en: 'after', zh: '先修' })} ${lesson.needs.map(titleOf).join(', ')}`}
      </p>
      <p>{lesson.objectives.join('; ')}.</p>
    </li>
  );
}

async function openFile(file: File): Promise<void> {
  const text = await file.text();
  const desk = await withDesk();
  try {
    const lesson = desk.lessonOf(file.name, text);
    texts.value = { ...texts.value, [`${lesson.id}.md`]: text };
    visitLesson(lesson.id);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    notice.value = { en: why, zh: why };
  }
}

export function Lessons() {
  const desk = useArrived(withDesk);
  return (
    <section class="lessons" aria-labelledby="lessons-title">
      <h1 id="lessons-title">{say({ en: 'Lessons', zh: '课程' })}</h1>
      <p>
        {say({
          en: 'In this order. Each is some ten minutes: read a little, predict what the host prints, and see at once.',
          zh: '按顺序学习。每课约十分钟：读一点，预测主机的输出，立刻见分晓。',
        })}
      </p>
      <ol>
        {ids().map((id) => {
          const lesson = desk && read(desk, id);
          return desk && lesson ? (
            <Row desk={desk} lesson={lesson} />
          ) : (
            <li>
              <h2>
                <a href={lessonLink(id)}>{titleOf(id)}</a>
              </h2>
            </li>
          );
        })}
      </ol>
      <div class="tools">
        <StudentName />
        <label>
          {say({ en: 'A lesson of your own (.md)', zh: '打开自己的课程文件（.md）' })}
          <input
            type="file"
            accept=".md,text/markdown"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) openFile(file);
            }}
          />
        </label>
      </div>
    </section>
  );
}
