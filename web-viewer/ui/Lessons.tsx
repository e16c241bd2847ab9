/**
 * The list of lessons, in teaching order; and a lesson of one's own, from a file.
 */
import type { Desk, Lesson } from '../model/desk.ts';
import { notice } from '../state/app.ts';
import { withDesk } from '../state/deskArrives.ts';
import { say } from '../state/language.ts';
import { ids, student, textOf, texts } from '../state/lessons.ts';
import { visitLesson } from '../state/visit.ts';
import { lessonLink } from './links.ts';
import { useArrived } from './useArrived.ts';

function read(desk: Desk, id: string): Lesson | null {
  const found = textOf(id);
  return found === null ? null : desk.lessonOf(found.file, found.text);
}

function Row({ lesson }: Readonly<{ lesson: Lesson }>) {
  return (
    <li>
      <h2>
        <a href={lessonLink(lesson.id)}>{lesson.title}</a>
      </h2>
      <p class="faint">
        {lesson.minutes} {say({ en: 'minutes', zh: '分钟' })} · {lesson.exercises.length}{' '}
        {say({ en: 'exercises', zh: '道题' })}
        {lesson.needs.length > 0 &&
          ` · ${say({ en: 'after', zh: '先修' })} ${lesson.needs.join(', ')}`}
      </p>
      <ul>
        {lesson.objectives.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
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
      <div class="tools">
        <label>
          {say({
            en: 'Your name or number, for variants of your own and for handing in:',
            zh: '姓名或学号（决定你的题目变体，也用于提交）：',
          })}
          <input
            type="text"
            value={student.value}
            maxLength={100}
            autocomplete="off"
            onInput={(event) => (student.value = event.currentTarget.value)}
          />
        </label>
        <label>
          {say({ en: 'A lesson of your own (.md):', zh: '打开自己的课程文件（.md）：' })}
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
      <ol>
        {desk === null
          ? ids().map((id) => (
              <li>
                <a href={lessonLink(id)}>{id}</a>
              </li>
            ))
          : ids().map((id) => {
              const lesson = read(desk, id);
              return lesson && <Row lesson={lesson} />;
            })}
      </ol>
    </section>
  );
}
