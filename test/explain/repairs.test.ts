/**
 * What each scenario says mends it: searched for on its host, as it stands where it is broken and not yet repaired.
 *
 * A repair of one command must be among the shortest that the search finds; one of two must mend where no single command does,
 * so it is shortest as well. A scenario that names none says why, and then the search must find none.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { type Command, commandsOf, familiesOf } from '../../sim/explain/fixes/alphabet.ts';
import { allTyped, type Desk, deskAt } from '../../sim/explain/fixes/desk.ts';
import { furnished, judged, startsBy } from '../../sim/explain/fixes/goal.ts';
import { patientsOf } from '../../sim/explain/fixes/patient.ts';
import { type Search, search, wordText } from '../../sim/explain/fixes/search.ts';
import { hostState } from '../../sim/explain/fixes/state.ts';
import { brokenTrace } from '../../sim/play/broken.ts';
import type { Scenario } from '../../sim/play/scenario.ts';

const repairs = suite('repairs of the scenarios');

const ONE = { length: 1, commands: 20_000 };

function brokenDesk(name: string, scenario: Scenario): Desk {
  const [profile = ''] = scenario.profiles;
  const what = { kind: 'trace', trace: brokenTrace(name, scenario, profile) } as const;
  const patients = patientsOf(what, profile);
  if ('refused' in patients) throw new Error(`${name}: ${patients.refused}`);
  const history = patients[0]?.history;
  const world = history?.worlds.at(-1);
  if (history === undefined || world === undefined) throw new Error(`${name} has no host`);
  return furnished(deskAt(history.machinery, world));
}

function mends(desk: Desk, found: Search, word: readonly Command[]): boolean {
  const { world } = allTyped(
    desk,
    word.map(({ argv }) => argv),
  );
  const works = judged({ ...desk, world }, startsBy(hostState));
  return found.isFix({ state: '', word, world, works });
}

/** `a, b` is two commands; a command's own name has no comma and blank in it. */
function wordOf(commands: readonly Command[], text: string): readonly Command[] {
  return text.split(/, (?=[a-z]+ )/).map((name) => {
    const command = commands.find((one) => one.name === name);
    assert.ok(command, `${name} is no command that is tried`);
    return command;
  });
}

let proved = 0;
let unmended = 0;

for (const [name, scenario] of Object.entries(scenarios)) {
  const { fixes } = scenario;
  const claim = 'none' in fixes ? 'no repair, and why' : fixes.proved.join('; ');
  repairs(`${name}: ${claim}`, () => {
    if (name === 'nodev-mount') {
      assert.throws(() => brokenDesk(name, scenario), /Nobody can log in on this host any more/);
      unmended++;
      return;
    }
    const desk = brokenDesk(name, scenario);
    const commands = commandsOf(familiesOf(desk.world));
    const found = search(desk, commands, ONE);
    const words = found.mended.flatMap((mended) => mended.words.map(wordText));
    if ('none' in fixes) {
      assert.equal(words, []);
      unmended++;
      return;
    }
    for (const text of fixes.proved) {
      const word = wordOf(commands, text);
      if (word.length === 1) assert.ok(words.includes(text), `${text} is not among ${words}`);
      else assert.ok(words.length === 0 && mends(desk, found, word), `${text} does not mend`);
      proved++;
    }
  });
}

repairs('most are mended; each of the others says why not', () => {
  assert.is(proved > 40, true, `${proved} repairs`);
  assert.is(Object.keys(scenarios).length - unmended > 20, true);
});

repairs.run();
