/** How it went, and the way on: the next lesson, or this one again on other hosts. */
import type { Lesson } from '../model/desk.ts';
import { say } from '../state/language.ts';
import { type Answered, ids, student, titleOf } from '../state/lessons.ts';
import { lessonLink } from './links.ts';

type Props = Readonly<{ lesson: Lesson; given: readonly Answered[]; seed: number }>;

/** In teaching order; null after the last, and after one that somebody has brought. */
function nextOf(id: string): string | null {
  const all = ids();
  const at = all.indexOf(id);
  return at < 0 ? null : (all[at + 1] ?? null);
}

function Onward({
  lesson,
  seed,
  all,
}: Pick<Props, 'lesson' | 'seed'> & Readonly<{ all: boolean }>) {
  const next = nextOf(lesson.id);
  return (
    <p class="onward">
      {next !== null && (
        <a class={all ? 'next' : ''} href={lessonLink(next)}>
          {say({ en: 'Next lesson: ', zh: '下一课：' })}
          {titleOf(next)} →
        </a>
      )}
      {student.value === '' && (
        <a href={lessonLink(lesson.id, seed + 1)}>
          {say({ en: 'Again, on other hosts', zh: '换一批主机再做一遍' })}
        </a>
      )}
      <a href="#/lessons">{say({ en: 'All lessons', zh: '全部课程' })}</a>
    </p>
  );
}

export function Score({ lesson, given, seed }: Props) {
  const points = given.reduce((sum, { graded }) => sum + graded.points, 0);
  const most = given.reduce((sum, { graded }) => sum + graded.of, 0);
  const all = given.length === lesson.exercises.length;
  return (
    <section class={all ? 'score done' : 'score'} aria-labelledby="score-title">
      <h2 id="score-title">
        {all ? say({ en: 'The lesson is done', zh: '本课完成' }) : say({ en: 'Score', zh: '得分' })}
      </h2>
      <p role="status">
        {say({
          en: `${given.length} of ${lesson.exercises.length} answered${most > 0 ? `; ${points} of ${most} points` : ''}.`,
          zh: `已答 ${given.length}/${lesson.exercises.length} 题${most > 0 ? `；${points}/${most} 分` : ''}。`,
        })}
      </p>
      <Onward lesson={lesson} seed={seed} all={all} />
    </section>
  );
}
