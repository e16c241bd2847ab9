/**
 * The page: a heading, the picture of the stack, a panel beside it, the timeline below.
 */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { busy, notice, place, spoken } from '../state/app.ts';
import { say } from '../state/language.ts';
import { onClicker, presenting } from '../state/presenting.ts';
import { Doors } from './Doors.tsx';
import { Header } from './Header.tsx';
import { Later } from './Later.tsx';
import { Notes } from './Notes.tsx';
import { Panel } from './Panel.tsx';
import { Puzzle } from './Puzzle.tsx';
import { Scenarios } from './Scenarios.tsx';
import { Stack } from './Stack.tsx';
import { Bar, Timeline } from './Timeline.tsx';

function Notices() {
  return (
    <>
      {busy.value && (
        <p class="waiting" role="status">
          {say(busy.value)} …
        </p>
      )}
      {notice.value && (
        <div class="notice" role="alert">
          <p>{say(notice.value)}</p>
          <button type="button" onClick={() => (notice.value = null)}>
            {say({ en: 'Close', zh: '关闭' })}
          </button>
        </div>
      )}
    </>
  );
}

function Host() {
  const panel = place.value.view === 'host' ? place.value.panel : 'open';
  // A class looks at one thing.
  const alone = presenting.value && panel !== 'open';
  return (
    <>
      <Puzzle />
      <Notes host />
      <Doors />
      <div class={`desk${alone ? ' alone' : ''}${panel === 'open' ? '' : ' asked'}`}>
        {!alone && <Stack />}
        <Panel />
      </div>
      <Bar />
      <Timeline />
    </>
  );
}

/** Lessons' texts and Markdown are no part of the first view. */
const lessonViews = () => import('./LessonView.tsx');

function View() {
  switch (place.value.view) {
    case 'lessons':
    case 'lesson':
      return <Later load={lessonViews} show={({ LessonView }) => <LessonView />} />;
    case 'scenarios':
      return <Scenarios />;
    default:
      return <Host />;
  }
}

/** Another place begins at its top; another panel of the same host stays where one is looking. */
function usePlaceTop(): void {
  const here = place.value;
  const key = here.view === 'lesson' ? `lesson ${here.lesson} ${here.seed}` : here.view;
  const known = useRef(key);
  useLayoutEffect(() => {
    if (known.current === key) return;
    known.current = key;
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [key]);
}

export function App() {
  usePlaceTop();
  useEffect(() => {
    addEventListener('keydown', onClicker);
    return () => removeEventListener('keydown', onClicker);
  }, []);
  return (
    <div class={`page${presenting.value ? ' presenting' : ''}`}>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {say({ en: 'Skip to the content', zh: '跳到正文' })}
      </button>
      <Header />
      <main id="main" tabIndex={-1}>
        <Notices />
        <View />
      </main>
      <p class="unseen" aria-live="polite">
        {spoken.value}
      </p>
    </div>
  );
}
