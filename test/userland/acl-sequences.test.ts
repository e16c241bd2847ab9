/**
 * Sequences of chmod, chown and setfacl on a device node: after every step the simulated kernel and tools
 * show the same mode, owner, ACL text, attribute bytes and verdicts as the real ones did.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Credentials, root } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import type { Request, Stat } from '../../sim/kernel/request.ts';
import { report } from '../support/fidelity.ts';
import { recordingMachine } from './accounts.ts';
import { ask, type Bench, bench, metaOf, recorded, run } from './machine.ts';

type Op = [string, ...(string | number)[]];
type Seen = { m: string; u: number; g: number; acl: string; x?: string; a: string };
type Step = Seen & { op: Op; rc?: number; err?: string; ct: number };
type Sequence = { name?: string; init: [string, number, number]; s0: Seen; steps: Step[] };
type Who = { uid: number; gid: number; groups: number[]; nocaps: boolean };

const NODE = '/work/node';
const sequences = suite('sequences of chmod, chown and setfacl');
const empty = bench([...recordingMachine, { path: '/work/' }], { removexattrBumpsCtime: true });

const credentials = ({ uid, gid, groups, nocaps }: Who): Credentials => ({
  uid,
  gid,
  groups,
  caps: uid === 0 && !nocaps ? root.caps : [],
});

const call = (at: Bench, request: Request): Bench => {
  const done = ask(at, request);
  assert.not(failed(done.answer), JSON.stringify([request, done.answer]));
  return done.at;
};

function made([mode, uid, gid]: Sequence['init']): Bench {
  let at = call(empty, { call: 'mknod', path: NODE, type: 'char', mode: 0o600, rdev: [10, 232] });
  at = call(at, { call: 'chown', path: NODE, uid, gid });
  return call(at, { call: 'chmod', path: NODE, mode: Number.parseInt(mode, 8) });
}

function look(at: Bench, creds: readonly Credentials[]): Seen {
  const st = ask(at, { call: 'stat', path: NODE }).answer as Stat;
  const name = 'system.posix_acl_access';
  const x = ask(at, { call: 'getxattr', path: NODE, name }).answer;
  const may = (as: Credentials, want: number) =>
    !failed(ask(at, { call: 'access', path: NODE, want }, { as }).answer);
  return {
    m: st.mode.toString(8).padStart(4, '0'),
    u: st.uid,
    g: st.gid,
    acl: run(at, ['getfacl', '-cnp', NODE]).out.trim(),
    ...(typeof x === 'string' ? { x } : {}),
    a: creds.map((c) => (may(c, 4) ? 4 : 0) + (may(c, 2) ? 2 : 0) + (may(c, 6) ? 1 : 0)).join(''),
  };
}

type Done = { at: Bench; rc: number; err: string };

function apply(at: Bench, [tool, ...args]: Op): Done {
  if (tool === 'chown') {
    const [uid, gid] = args as number[];
    return {
      at: call(at, { call: 'chown', path: NODE, uid: uid ?? -1, gid: gid ?? -1 }),
      rc: 0,
      err: '',
    };
  }
  const [mode] = args;
  if (tool === 'chmod' && /^\d+$/.test(String(mode))) {
    const request = { call: 'chmod', path: NODE, mode: Number.parseInt(String(mode), 8) } as const;
    return { at: call(at, request), rc: 0, err: '' };
  }
  const { at: after, status, out, err } = run(at, [tool, ...args.map(String), NODE]);
  return { at: after, rc: status, err: (out + err).replaceAll(NODE, 'NODE').trim() };
}

const ctime = (at: Bench) => (ask(at, { call: 'stat', path: NODE }).answer as Stat).ctime;

/** Replay one recording; answers how many steps it had, and the first ones that differ. */
function replay(
  file: string,
  ctimes: 'equal' | 'implied',
): { steps: readonly Step[]; wrong: string[] } {
  const creds = metaOf<{ creds: Who[] }>('acl/devtmpfs.jsonl').creds.map(credentials);
  const wrong: string[] = [];
  const steps: Step[] = [];
  for (const sequence of recorded<Sequence>(file)) {
    let at = made(sequence.init);
    for (const step of sequence.steps) {
      const { op, rc = 0, err = '', ct, ...seen } = step;
      const before = ctime(at);
      const done = apply(at, op);
      at = done.at;
      steps.push(step);
      const moved = ctime(at) !== before ? 1 : 0;
      const ctOk = ctimes === 'equal' ? moved === ct : moved >= ct;
      const have = { rc: done.rc, err: done.err, ...look(at, creds), ctOk };
      const want = { rc, err, ...seen, ctOk: true };
      const key = (o: object) => JSON.stringify(Object.entries(o).sort());
      if (key(have) !== key(want)) wrong.push(`${key({ op })} have ${key(have)} want ${key(want)}`);
    }
  }
  return { steps, wrong };
}

sequences('the named ones: what breaks /dev/kvm and what repairs it', () => {
  const { steps, wrong } = replay('acl/named.jsonl', 'equal');
  assert.is(wrong.slice(0, 3).join('\n'), '');
  assert.is(steps.length, 109);
  report({
    judge: 'Linux 6.18 and acl 2.3.1: sequences, the named ones',
    cases: steps,
    mismatches: wrong.length,
  });
});

sequences('487 random ones on tmpfs agree at every step', () => {
  const { steps, wrong } = replay('acl/sequences.jsonl', 'equal');
  assert.is(wrong.slice(0, 3).join('\n'), '');
  assert.is(steps.length, 1766);
  report({
    judge: 'Linux 6.18 and acl 2.3.1: sequences, random, tmpfs',
    cases: steps,
    mismatches: wrong.length,
  });
});

sequences(
  '100 random ones on devtmpfs, where a rapid change may leave the coarse ctime as it was',
  () => {
    const { steps, wrong } = replay('acl/devtmpfs.jsonl', 'implied');
    assert.is(wrong.slice(0, 3).join('\n'), '');
    assert.is(steps.length, 354);
    report({
      judge: 'Linux 6.18 and acl 2.3.1: sequences, random, devtmpfs',
      cases: steps,
      mismatches: wrong.length,
    });
  },
);

sequences.run();
