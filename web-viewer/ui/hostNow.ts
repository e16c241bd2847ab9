/** The host at the moment that is shown, as a trace: what the worker is asked about. */
import type { Trace } from '../../sim/host/trace.ts';
import { branch, engine, story } from '../state/app.ts';
import { withEngine } from '../state/start.ts';

export function hostNow(): { key: string; trace: Trace } | null {
  const loaded = engine.value;
  if (loaded === null) {
    withEngine();
    return null;
  }
  const { name, profile, at, current } = story.value;
  const trace = loaded.traceTo(name, profile, branch.value.items.slice(0, at + 1));
  return { key: `${name} ${profile} ${current} ${at} ${trace.hash}`, trace };
}
