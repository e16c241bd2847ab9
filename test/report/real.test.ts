/**
 * If this fails, what holds on simulated hosts does not hold on real ones: collect.sh, run by dash on hosts that are really broken.
 *
 * Kept reports are read anywhere; made afresh they are where there is root and unshare, and the test says so where not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cannotMake, type RealHost, realHosts, reportOf } from './hosts.ts';
import { judged, namesOf, readable } from './scenarios.ts';

const real = suite('reports of real hosts');

const FOLDER = 'test/fixtures/reports';
const kept = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));

/** Who logged in is written nowhere. */
const alike: Readonly<Record<string, readonly string[]>> = {
  'acl-group-empty': ['acl-from-greeter'],
};

function provesItself(name: string, text: string): void {
  const proved = namesOf(judged(readable(text)), 'proved');
  assert.equal(new Set(proved), new Set([name, ...(alike[name] ?? [])]), name);
}

real('the kept ones', () => {
  assert.is(kept.length, 7);
  for (const file of kept) {
    provesItself(file.replace(/\.txt$/, ''), readFileSync(`${FOLDER}/${file}`, 'utf8'));
  }
});

real('made afresh: each proves its own cause, and nobody and nothing is called by name', () => {
  const why = cannotMake();
  if (why !== null) {
    process.stdout.write(`  skipped: no broken host can be made here: ${why}\n`);
    return;
  }
  for (const [name, host] of Object.entries(realHosts)) {
    const text = reportOf(host);
    assert.match(text, /^# end$/m, name);
    assert.not.match(text, /virt01|example\.org|\boperator\b/, name);
    provesItself(name, text);
  }
});

real('a person called user, on a host called kvm, does not spoil the report', () => {
  if (cannotMake() !== null) return;
  const { breaks } = realHosts['acl-group-empty'] as RealHost;
  const rename =
    "sed 's/^operator:/user:/' /dev/etc/passwd > /dev/etc/new; cat /dev/etc/new > /etc/passwd";
  provesItself('acl-group-empty', reportOf({ breaks: `hostname kvm; ${rename}; ${breaks}` }));
});

real.run();
