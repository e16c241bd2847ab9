/**
 * Every recorded command line of getfacl, setfacl, chmod, ls and stat, byte for byte.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failed } from '../../sim/kernel/errno.ts';
import type { Stat } from '../../sim/kernel/request.ts';
import { type Divergence, report } from '../support/fidelity.ts';
import { recordingMachine } from './accounts.ts';
import { ask, type Bench, bench, recorded, run } from './machine.ts';

type Case = {
  argv: string[];
  stdin?: string;
  rc: number;
  out: string;
  err: string;
  after?: Record<string, [string, number, number, string]>;
};

const CWD = '/var/oracles/tmpfs/w';
const cli = suite('the acl tools on the command line');

/** The working directory that the recorder made anew before each case. */
function fresh(): Bench {
  let at = bench([...recordingMachine, { path: `${CWD}/` }], { removexattrBumpsCtime: true });
  const call = (request: Parameters<typeof ask>[1]) => {
    const done = ask(at, request, { cwd: CWD });
    assert.not(failed(done.answer), JSON.stringify(request));
    at = done.at;
  };
  const tool = (...argv: string[]) => {
    const done = run(at, argv, { cwd: CWD });
    assert.is(done.status, 0, done.err);
    at = done.at;
  };
  const node = (path: string, mode: number, gid: number) => {
    call({ call: 'mknod', path, type: 'char', mode: 0o600, rdev: [10, 232] });
    call({ call: 'chown', path, uid: 0, gid });
    call({ call: 'chmod', path, mode });
  };
  const file = (path: string, mode: number, uid: number) => {
    call({ call: 'mknod', path, type: 'file', mode: 0o600, rdev: null });
    call({ call: 'chown', path, uid, gid: uid });
    call({ call: 'chmod', path, mode });
  };
  node('kvm', 0o660, 107);
  file('f', 0o644, 1000);
  call({ call: 'mkdir', path: 'd', mode: 0o755 });
  file('d/x', 0o640, 0);
  call({ call: 'symlink', target: 'kvm', path: 'ln' });
  call({ call: 'symlink', target: 'nowhere', path: 'dang' });
  node('blog', 0o600, 0);
  tool('setfacl', '-m', 'u:1000:rw', 'blog');
  call({ call: 'chown', path: 'blog', uid: -1, gid: 107 });
  call({ call: 'chmod', path: 'blog', mode: 0o666 });
  tool('setfacl', '-n', '-x', 'u:1000', 'blog');
  node('rich', 0o640, 107);
  tool('setfacl', '-m', 'u:1000:rw,u:0:r,g:107:rwx,g:27:---,m::rw', 'rich');
  tool('setfacl', '-m', 'd:u:1000:rwx,d:g:27:r-x', 'd');
  return at;
}

type Seen = Record<string, [string, number, number, string]>;

function snapshot(at: Bench): Seen {
  const seen: Seen = {};
  for (const name of ['kvm', 'blog', 'rich', 'f', 'd', 'd/x']) {
    const st = ask(at, { call: 'stat', path: name }, { cwd: CWD }).answer as Stat;
    const text = run(at, ['getfacl', '-cnp', name], { cwd: CWD }).out.trim();
    seen[name] = [st.mode.toString(8).padStart(4, '0'), st.uid, st.gid, text];
  }
  return seen;
}

/** The recorder's output was cleaned of a path, and its files carry the date of the recording. */
const divergences: readonly Divergence<Case>[] = [
  {
    why: 'the recording renamed its own directory',
    covers: (c) => c.out.includes('# file: tmp/'),
    count: 1,
  },
  { why: 'ls prints the time of the recording', covers: (c) => c.argv[0] === 'ls', count: 1 },
];

const cases = recorded<Case>('acl/cli.jsonl');
const start = fresh();
const before = snapshot(start);

cli('every recorded command line prints, returns and changes what the real one did', () => {
  const wrong: string[] = [];
  for (const c of cases) {
    const got = run(start, c.argv, { cwd: CWD, stdin: c.stdin ?? '' });
    if (divergences.some((d) => d.covers(c))) continue;
    const now = snapshot(got.at);
    const after = Object.fromEntries(
      Object.entries(now).filter(([name, value]) => `${value}` !== `${before[name]}`),
    );
    const want = [c.rc, c.out, c.err, c.after ?? {}];
    const have = [got.status, got.out, got.err, after];
    if (JSON.stringify(have) !== JSON.stringify(want))
      wrong.push(JSON.stringify({ argv: c.argv, have, want }));
  }
  assert.is(wrong.slice(0, 5).join('\n'), '');
  assert.is(cases.length, 216);
  report({ judge: 'acl 2.3.1: command lines', cases, mismatches: wrong.length, divergences });
});

cli.run();
