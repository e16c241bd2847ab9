/**
 * If this fails, a trace that somebody has mended by hand ends in a stack instead of a sentence, or a good one is refused.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { lastWorld, type Trace } from '../../sim/host/trace.ts';
import { malformed } from '../../sim/host/traceForm.ts';
import { playUntilBroken } from '../../sim/play/broken.ts';
import { hostFor } from '../../sim/play/play.ts';

const form = suite('the form of a trace');

const traceOf = (name: string): Trace => {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`there is no ${name}`);
  return playUntilBroken(name, scenario, hostFor(name, scenario)).trace();
};

form('the traces of all scenarios are well formed, as they are written to a file', () => {
  for (const name of Object.keys(scenarios))
    assert.is(malformed(JSON.parse(JSON.stringify(traceOf(name)))), null, name);
});

form('what is wrong is said with its place', () => {
  const base = { v: 1, profile: 'centos7', setup: {}, hash: '0' };
  const of = (...choices: unknown[]) => malformed({ ...base, choices }) ?? '';
  assert.match(of({ run: 5, as: 'root@pts/0' }), /^choice 1 \(run\): run: .*Array.* 5$/);
  assert.match(of({ login: 'root', on: 'tty1' }, { run: ['ls'] }), /^choice 2 \(run\): as: /);
  assert.match(of({ run: ['ls'], as: 'root' }), /expected user@terminal/);
  assert.match(of({ tick: 1, settel: false }), /^choice 1 \(tick\): settel: /);
  assert.match(of({ rnu: ['ls'] }), /^choice 1 is none of run, login, /);
  assert.match(of(null), /^choice 1 is none of /);
  assert.match(malformed({ ...base, choices: {} }) ?? '', /^choices: /);
  assert.match(
    malformed({ ...base, setup: { enable: 'sshd' }, choices: [] }) ?? '',
    /^setup\.enable: /,
  );
});

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

/** Every place in a value, as the keys that lead there. */
function places(value: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  const below = Array.isArray(value) ? [...value.entries()] : Object.entries(value ?? {});
  const deeper =
    typeof value === 'object' ? below.flatMap(([key, one]) => places(one, [...path, key])) : [];
  return [[...path], ...deeper];
}

/** The same value with something else at a place, or nothing at all. */
function mended(
  value: Json,
  [key, ...rest]: readonly (string | number)[],
  put: Json | undefined,
): Json {
  if (key === undefined) return put ?? null;
  const copy = structuredClone(value) as Record<string | number, Json>;
  if (rest.length > 0) copy[key] = mended(copy[key] ?? null, rest, put);
  else if (put !== undefined) copy[key] = put;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy as Json;
}

const MENDED = 400;

form(`${MENDED} traces changed at random: refused, or played, or a sentence says why not`, () => {
  const { choices } = JSON.parse(JSON.stringify(traceOf('acl-group-empty')));
  const where = places(choices).slice(1);
  const put = fc.oneof(
    fc.constantFrom(undefined, null, 0, -1, '', 'root@pts/0', 'tty1', [], {}, true),
    fc.constantFrom(...where.map((path) => path.reduce((at, key) => at[key], choices))),
  );
  const count = { refused: 0, played: 0, said: 0 };
  const changed = fc.tuple(fc.constantFrom(...where), put);
  fc.assert(
    fc.property(changed, ([path, value]) => {
      const trace = {
        profile: 'centos7',
        setup: {},
        hash: '',
        choices: mended(choices, path, value),
      };
      if (malformed(trace) !== null) {
        count.refused++;
        return;
      }
      try {
        lastWorld(trace as unknown as Trace);
        count.played++;
      } catch (error) {
        assert.is((error as Error).constructor, Error, String((error as Error).stack));
        count.said++;
      }
    }),
    { numRuns: MENDED, seed: 7 },
  );
  assert.ok(count.refused > 40 && count.played > 40 && count.said > 4, JSON.stringify(count));
});

form.run();
