/**
 * What does not fit together, in the tools' own words: the device looks open, and the guest is refused.
 */
import { value as list } from 'virtual:scenario-list';
import type { Words } from '../../sim/play/scenario.ts';
import { frame, item, story } from '../state/app.ts';
import { HostPicker } from './HostPicker.tsx';
import { Said } from './Said.tsx';

function titleOf(name: string): Words {
  const known = list.find((listed) => listed.name === name);
  return known ? known.title : { en: 'A trace of your own', zh: '你自己的 trace' };
}

const MOST = 5;

/** The lines that carry the news of what was printed: errors, and the domain types; of a long output how it ends. */
function telling(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /^error: |<domain type|Permission denied/.test(line));
  if (errors.length > 0) return [...new Set(errors)].slice(0, 4).join('\n');
  return lines.length > MOST ? ['…', ...lines.slice(-2)].join('\n') : lines.join('\n');
}

export function Puzzle() {
  const { node } = frame.value;
  const { typed, text, prompt, says } = item.value;
  return (
    <section class="puzzle" aria-labelledby="puzzle-title">
      <h1 id="puzzle-title">
        <Said words={titleOf(story.value.name)} />
      </h1>
      <HostPicker />
      <div class="clash">
        <figure>
          <figcaption>
            <code># ls -l /dev/kvm</code>
          </figcaption>
          <pre>{node ? node.ls : 'ls: cannot access /dev/kvm: No such file or directory'}</pre>
        </figure>
        <figure>
          <figcaption>
            {typed === null ? <Said words={says} /> : <code>{`${prompt} ${typed}`}</code>}
          </figcaption>
          <pre class={/^error: /m.test(text) ? 'bad' : ''}>
            {text === '' ? '\u00a0' : telling(text)}
          </pre>
        </figure>
      </div>
    </section>
  );
}
