/**
 * The page: a heading, the picture of the stack, a panel beside it, the timeline below.
 */
import { useEffect } from 'preact/hooks';
import { busy, goTo, notice, place, spoken, story, undo } from '../state/app.ts';
import { say } from '../state/language.ts';
import { presenting } from '../state/presenting.ts';
import { Doors } from './Doors.tsx';
import { Header } from './Header.tsx';
import { Lesson } from './Lesson.tsx';
import { Lessons } from './Lessons.tsx';
import { Panel } from './Panel.tsx';
import { Puzzle } from './Puzzle.tsx';
import { Scenarios } from './Scenarios.tsx';
import { Stack } from './Stack.tsx';
import { Timeline } from './Timeline.tsx';

/** Keys of a clicker and of impatient people; a field that is being typed in keeps its own. */
function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement | null;
  if (target?.closest('input, textarea, select, [role=application]')) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (place.value.view !== 'host') return;
  const { at } = story.value;
  const moves: Readonly<Record<string, () => void>> = {
    PageDown: () => goTo(at + 1),
    PageUp: () => goTo(at - 1),
    n: () => goTo(at + 1),
    p: () => goTo(at - 1),
    u: undo,
  };
  const move = moves[event.key];
  const turns = event.key.startsWith('Page');
  // A clicker turns pages; without a presentation these keys scroll.
  if (move === undefined || (turns && !presenting.value)) return;
  event.preventDefault();
  move();
}

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
  return (
    <>
      <Puzzle />
      <div class="desk">
        <Stack />
        <Panel />
      </div>
      <Timeline />
      <Doors />
    </>
  );
}

function View() {
  switch (place.value.view) {
    case 'lessons':
      return <Lessons />;
    case 'lesson':
      return <Lesson lesson={place.value.lesson} seed={place.value.seed} />;
    case 'scenarios':
      return <Scenarios />;
    default:
      return <Host />;
  }
}

export function App() {
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
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
