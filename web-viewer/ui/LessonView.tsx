/** The list of lessons, or one of them. */
import { place } from '../state/app.ts';
import { Lesson } from './Lesson.tsx';
import { Lessons } from './Lessons.tsx';
import { Notes } from './Notes.tsx';

export function LessonView() {
  const here = place.value;
  if (here.view === 'lesson')
    return (
      <>
        <Notes host={false} />
        <Lesson lesson={here.lesson} seed={here.seed} />
      </>
    );
  return <Lessons />;
}
