/**
 * The panel beside the stack: one at a time.
 */
import { useEffect, useRef } from 'preact/hooks';
import { place } from '../state/app.ts';
import type { Panel as Name } from '../state/place.ts';
import { Explore } from './Explore.tsx';
import { Fixes } from './Fixes.tsx';
import { Futures } from './Futures.tsx';
import { Handout } from './Handout.tsx';
import { Paste } from './Paste.tsx';
import { Charts } from './Standings.tsx';
import { Step } from './Step.tsx';
import { Terminal } from './Terminal.tsx';
import { WhoMayOpen } from './WhoMayOpen.tsx';
import { Why } from './Why.tsx';

function Inside({ panel }: Readonly<{ panel: Name }>) {
  switch (panel) {
    case 'step':
      return <Step />;
    case 'charts':
      return <Charts />;
    case 'terminal':
      return <Terminal />;
    case 'compare':
      return <Futures />;
    case 'why':
      return <Why />;
    case 'fixes':
      return <Fixes />;
    case 'explore':
      return <Explore />;
    case 'paste':
      return <Paste />;
    case 'handout':
      return <Handout />;
    default:
      return <WhoMayOpen />;
  }
}

/** At a terminal one types at once. */
const promptIn = (panel: HTMLElement) => panel.querySelector<HTMLElement>('.prompt input');

export function Panel() {
  const panel = place.value.view === 'host' ? place.value.panel : 'open';
  const element = useRef<HTMLDivElement>(null);
  const known = useRef(panel);
  // Whoever opens another panel is taken there, wherever on the page they were.
  useEffect(() => {
    if (known.current === panel) return;
    known.current = panel;
    const { current } = element;
    if (current === null) return;
    (promptIn(current) ?? current).focus({ preventScroll: true });
    const { top } = current.getBoundingClientRect();
    if (top < 0 || top > innerHeight * 0.7) current.scrollIntoView();
  }, [panel]);
  return (
    <div class="panel" ref={element} tabIndex={-1}>
      <Inside panel={panel} />
    </div>
  );
}
