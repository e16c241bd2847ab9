/**
 * What does not fit together, in the tools' own words: the device looks open, and the guest is refused.
 */
import { value as list } from 'virtual:scenario-list';
import type { Words } from '../../sim/play/scenario.ts';
import { engine, frame, item, place, story } from '../state/app.ts';
import { say } from '../state/language.ts';
import { hashOf } from '../state/place.ts';
import { Said } from './Said.tsx';

function titleOf(name: string): Words {
  const known = list.find((listed) => listed.name === name);
  return known ? known.title : { en: name, zh: name };
}

/** Which host it is, with its versions; another one where the scenario plays on several. */
function Versions() {
  const { name, profile } = story.value;
  const known = list.find((listed) => listed.name === name);
  const { profiles = [], hosts = [] } = known ?? {};
  const at = profiles.indexOf(profile);
  const line = hosts[at] ?? engine.value?.profileLine(profile) ?? profile;
  if (profiles.length < 2) return <p class="faint versions">{line}</p>;
  const choose = (chosen: string) => {
    const here = place.value;
    if (here.view !== 'host') return;
    location.hash = hashOf({ ...here, scenario: name, profile: chosen, at: 0, edits: null });
  };
  return (
    <p class="faint versions">
      <select
        aria-label={say({ en: 'Host', zh: '主机' })}
        value={profile}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {profiles.map((each) => (
          <option value={each}>{each}</option>
        ))}
      </select>{' '}
      {line}
    </p>
  );
}

/** The lines that carry the news of what was printed: errors, and the domain types. */
function telling(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /^error: |<domain type|Permission denied/.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 4).join('\n');
}

export function Puzzle() {
  const { node } = frame.value;
  const { typed, text, prompt, says } = item.value;
  return (
    <section class="puzzle" aria-labelledby="puzzle-title">
      <h1 id="puzzle-title">
        <Said words={titleOf(story.value.name)} />
      </h1>
      <Versions />
      <div class="clash">
        <figure>
          <figcaption>
            <code># ls -l /dev/kvm</code>
          </figcaption>
          <pre>{node ? node.ls : 'ls: cannot access /dev/kvm: No such file or directory'}</pre>
        </figure>
        <figure>
          <figcaption>
            {typed === null ? say(says) : <code>{`${prompt} ${typed}`}</code>}
          </figcaption>
          <pre>{text === '' ? '\u00a0' : telling(text)}</pre>
        </figure>
      </div>
    </section>
  );
}
