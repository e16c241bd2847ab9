/**
 * The panel beside the stack: one at a time.
 */
import { place } from '../state/app.ts';
import { Charts } from './Standings.tsx';
import { Step } from './Step.tsx';
import { WhoMayOpen } from './WhoMayOpen.tsx';

export function Panel() {
  const panel = place.value.view === 'host' ? place.value.panel : 'open';
  return <div class="panel">{inside(panel)}</div>;
}

function inside(panel: string) {
  switch (panel) {
    case 'step':
      return <Step />;
    case 'charts':
      return <Charts />;
    default:
      return <WhoMayOpen />;
  }
}
