/**
 * Which host it is, with its versions; and another one: another profile, or another version of one component.
 */
import { value as list } from 'virtual:scenario-list';
import { useMemo } from 'preact/hooks';
import type { Engine } from '../model/engine.ts';
import { engine, notice, place, story } from '../state/app.ts';
import { say } from '../state/language.ts';
import { hashOf } from '../state/place.ts';
import { withEngine } from '../state/start.ts';

function visitHost(profile: string): void {
  const here = place.value;
  if (here.view !== 'host') return;
  location.hash = hashOf({ ...here, scenario: story.value.name, profile, at: 0, edits: null });
}

/** A combination that nobody could judge is refused, with the reason. */
function choose(loaded: Engine, component: string, version: string): void {
  try {
    visitHost(loaded.hostWith(story.value.profile, component, version));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    notice.value = { en: text, zh: text };
  }
}

function Profiles({ profiles }: Readonly<{ profiles: readonly string[] }>) {
  const [base = ''] = story.value.profile.split(',');
  return (
    <label>
      {say({ en: 'host', zh: '主机' })}
      <select value={base} onChange={(event) => visitHost(event.currentTarget.value)}>
        {profiles.map((each) => (
          <option value={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}

function Components({ loaded }: Readonly<{ loaded: Engine }>) {
  const { components } = loaded.hostChoice(story.value.profile);
  return (
    <>
      {components.map(({ name, version, versions }) => (
        <label key={name}>
          <span translate={false}>{name}</span>
          <select
            value={version}
            onChange={(event) => choose(loaded, name, event.currentTarget.value)}
          >
            {versions.map((each) => (
              <option value={each}>{each}</option>
            ))}
          </select>
        </label>
      ))}
    </>
  );
}

/** On a host of the reader's own making the story may go otherwise. */
function Told({ loaded }: Readonly<{ loaded: Engine }>) {
  const { name, profile } = story.value;
  const told = useMemo(() => loaded.endsAsTold(name, profile), [name, profile]);
  return (
    <p class={told ? 'note quiet' : 'note'}>
      {told
        ? say({
            en: 'With these versions the story ends as it is told.',
            zh: '换成这些版本，故事仍以同样方式结束。',
          })
        : say({
            en: 'With these versions the story does not end as it is told: some lines below go otherwise.',
            zh: '换成这些版本，故事不会以同样方式结束：下面有些步骤不同。',
          })}
    </p>
  );
}

export function HostPicker() {
  const { name, profile } = story.value;
  const { profiles = [], hosts = [] } = list.find((listed) => listed.name === name) ?? {};
  const loaded = engine.value;
  const line = hosts[profiles.indexOf(profile)] ?? loaded?.hostChoice(profile).line ?? profile;
  if (profiles.length === 0)
    return (
      <p class="faint versions" translate={false}>
        {line}
      </p>
    );
  return (
    <>
      <details class="versions" onToggle={withEngine}>
        <summary>
          <span translate={false}>{line}</span>{' '}
          <span class="link">{say({ en: 'change', zh: '更换' })}</span>
        </summary>
        <div class="tools">
          <Profiles profiles={profiles} />
          {loaded !== null && <Components loaded={loaded} />}
        </div>
      </details>
      {loaded !== null && profile.includes(',') && <Told loaded={loaded} />}
    </>
  );
}
