/**
 * For whoever hands in: a name draws hosts of one's own, so it is given first; at the end a file holds answers and traces.
 */
import type { Desk, Lesson } from '../model/desk.ts';
import { say } from '../state/language.ts';
import { type Answered, gradedText, student } from '../state/lessons.ts';
import { save } from '../state/save.ts';
import { waitFor } from '../state/start.ts';
import { StudentName } from './StudentName.tsx';

export function NameFirst() {
  return (
    <details class="hand-in">
      <summary>
        {student.value === ''
          ? say({ en: 'Handing it in? Your name first', zh: '要提交？请先填姓名' })
          : say({ en: `Answers of ${student.value}`, zh: `${student.value} 的作答` })}
      </summary>
      <p class="faint">
        {say({
          en: 'Every name draws hosts of its own. Nothing leaves this page; at the end you save a file.',
          zh: '每个姓名对应各自的主机。内容不会离开本页面；最后由你保存一个文件。',
        })}
      </p>
      <StudentName />
    </details>
  );
}

type Props = Readonly<{ desk: Desk; lesson: Lesson; given: readonly Answered[] }>;

const writing = { en: 'the traces are being written', zh: '正在写出 trace' };

function saveSubmission({ desk, lesson, given }: Props): void {
  const name = student.value;
  const seed = desk.seedOf(name, lesson.id);
  const answers = given.map(({ exercise, answer, hints }) =>
    desk.givenOf(desk.task(lesson, exercise, seed), exercise, answer, hints),
  );
  const made = desk.submission(lesson, gradedText(lesson.id), name, answers);
  save(`${lesson.id}-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.json`, JSON.stringify(made));
}

export function HandIn(props: Props) {
  if (student.value === '')
    return (
      <p class="faint">
        {say({
          en: 'This is practice. To hand in, give your name at the top of the lesson first.',
          zh: '现在是练习。要提交，请先在本课开头填写姓名。',
        })}
      </p>
    );
  return (
    <p>
      <button
        type="button"
        class="main"
        onClick={() => waitFor(writing, () => saveSubmission(props))}
        disabled={props.given.length === 0}
      >
        {say({ en: 'Save the submission', zh: '保存提交文件' })}
      </button>
    </p>
  );
}
