/**
 * A session over the world: choices, time, jobs, the prompt, and what is refused loudly.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { step } from '../../sim/host/step.ts';
import { createShell } from '../../sim/shell/create.ts';
import { prompt } from '../../sim/shell/prompt.ts';
import { needsMore } from '../../sim/shell/source.ts';
import { desk, machinery, run, words } from './desk.ts';

const session = suite('a shell session');

session('its choices, played again, lead to the same world', () => {
  const shell = createShell(machinery, desk, 'root@pts/0');
  const script = `
    for n in 1 2; do echo $n >> log; done
    useradd tester; su tester -c 'id -un; touch /tmp/w/t; echo x > /etc/no'
    cat log | sort -r > sorted; sleep 2; (cd /; touch root)
    while read l; do stat -c %n log; done < sorted`;
  shell.run(script);
  const replayed = shell.choices().reduce((w, choice) => step(machinery, w, choice), desk);
  assert.equal(replayed, shell.world());
  assert.ok(shell.choices().length > 12);
});

session('what needs no host makes no choice', () => {
  const shell = createShell(machinery, desk, 'root@pts/0');
  shell.run(
    'x=1; for i in a b; do echo $i; [ -r /etc/passwd ] && [[ $x == 1 ]]; done; printf %s $((x+1))',
  );
  assert.equal(shell.choices(), []);
  assert.is(shell.world(), desk);
});

session('a simple command is one choice, as a trace shows it', () => {
  const shell = createShell(machinery, desk, 'root@pts/0');
  shell.run('A=1 ls -l /dev/kvm 2>> err', { interactive: true });
  assert.equal(shell.choices(), [
    {
      run: ['ls', '-l', '/dev/kvm'],
      as: 'root@pts/0',
      complainAs: '-bash',
      env: { A: '1' },
      redirects: [{ fd: 2, mode: 'append', path: 'err' }],
    },
  ]);
});

session('a shell remembers from line to line', () => {
  const shell = createShell(machinery, desk, 'root@pts/0');
  const type = (line: string) => shell.run(line, { interactive: true }).stdout;
  type('x=5; f() { echo f $x; }; cd /etc; false');
  assert.is(type('echo $?; f; pwd'), '1\nf 5\n/etc\n');
  assert.is(shell.cwd(), '/etc');
});

session('at a prompt an error ends the line only; complaints carry no line number', () => {
  const shell = createShell(machinery, desk, 'root@pts/0');
  const type = (line: string) => shell.run(line, { interactive: true });
  assert.equal(
    [type('set -u; echo $nosuch; echo z').stderr, type('echo z').stdout],
    ['-bash: nosuch: unbound variable\n', 'z\n'],
  );
  assert.is(type('nosuch').stderr, '-bash: nosuch: command not found\n');
  assert.is(type('echo )').stderr.split('\n')[0], "-bash: syntax error near unexpected token `)'");
  assert.equal([type('cat').status, type('exit 3').exited], [130, true]);
});

session('a typed line starts on a new second, a script does not wait', () => {
  const at = (interactive: boolean) => {
    const shell = createShell(machinery, desk, 'root@pts/0');
    for (let n = 0; n < 3; n++) shell.run('touch f', { interactive });
    return Math.floor((shell.world().now - desk.now) / 1000);
  };
  assert.equal([at(true), at(false)], [3, 0]);
});

session('jobs run until they are waited for, killed, or time has passed', () => {
  assert.is(
    words('sleep 5 & sleep 7 & jobs'),
    '[1]-  Running                 sleep 5 &\n[2]+  Running                 sleep 7 &\n',
  );
  assert.is(words('sleep 5 & wait $!; echo $?; jobs'), '0\n');
  assert.is(words('sleep 50 & kill %1; wait $!; echo $?'), '143\n');
  assert.is(words('sleep 5 & s=$(date +%s); wait; echo $(( $(date +%s) - s ))'), '5\n');
});

session('the host going down ends the script', () => {
  const { stdout, status, exited } = run('echo a; (reboot); echo b');
  assert.equal([stdout, status, exited], ['a\n', 255, true]);
});

for (const [script, thing] of [
  ['tee >(cat)', 'process substitution with >(...)'],
  ['time ls', 'time'],
  ['help cd', 'the builtin help'],
  ['shopt -s expand_aliases', 'shopt -s expand_aliases'],
  ['echo $RANDOM', 'RANDOM: nothing here is left to chance'],
  ['{ ls; } &', '& after anything but a simple command'],
  ['select x in a; do echo; done', 'the command select'],
  ['echo x {fd}> f', 'redirections to {variable} but those of exec'],
  ['trap echo RETURN', 'trap RETURN'],
  ['while :; do :; done', 'a loop of more than 1000000 turns'],
] as const) {
  session(`${script}: refused loudly`, () => {
    const { stdout, stderr, status } = run(`${script}\necho not reached\n`);
    assert.equal(
      [stdout, stderr, status],
      ['', `kvmlab: this shell does not support ${thing}\n`, 2],
    );
  });
}

session('bash -c counts its lines from 0, as bash 4.2 does', () => {
  assert.is(words("bash -c 'nosuch'"), 'bash: nosuch: command not found\n');
  assert.is(
    words("bash -c 'cd /nosuch'"),
    'bash: line 0: cd: /nosuch: No such file or directory\n',
  );
  assert.is(words("bash -c 'echo $x\nnosuch'"), '\nbash: line 1: nosuch: command not found\n');
});

session('a prompt goes on with > until a command is whole', () => {
  for (const text of [
    'if true\n',
    'echo "a\n',
    'for i in 1; do\n',
    'cat <<E\nx\n',
    'a |\n',
    'a &&\n',
    'echo \\\n',
    'f() {\n',
    'case x in\n',
    'x=$(\n',
    '(\n',
  ]) {
    assert.ok(needsMore(text), text);
  }
  for (const text of [
    'echo\n',
    'echo )\n',
    'if true; then :; fi\n',
    'cat <<E\nx\nE\n',
    'echo "\\\\"\n',
    '\n',
    '# x\n',
  ]) {
    assert.not.ok(needsMore(text), text);
  }
});

session('the prompt is that of CentOS', () => {
  assert.is(prompt('root', 'node1.example.org', '/root', '/root'), '[root@node1 ~]# ');
  assert.is(prompt('operator', 'node1', '/var/log', '/home/operator'), '[operator@node1 log]$ ');
  assert.is(prompt('root', 'node1', '/', '/root'), '[root@node1 /]# ');
});

session(
  'a device that cannot be read can be opened for a builtin, and an empty pipe needs no /dev/null',
  () => {
    assert.is(
      run('true < /dev/kvm && echo opened; true < /dev/no || echo not').stdout,
      'opened\nnot\n',
    );
    assert.is(
      run('mount -o remount,nodev /dev; : | cat; id -u; : | sh -c "id -u"').stdout,
      '0\n0\n',
    );
    assert.match(run('mount -o remount,nodev /dev; true < /dev/kvm').stderr, /Permission denied/);
  },
);

session('5,000 lines of echo, test and cat', () => {
  const lines = ['echo hello $x', '[ -r /etc/passwd ] && x=$((x+1))', 'cat /etc/hostname'];
  const script = Array.from({ length: 5000 }, (_, n) => lines[n % 3]).join('\n');
  const started = performance.now();
  const { stdout, status } = run(`${script}\necho $x`);
  const seconds = (performance.now() - started) / 1000;
  assert.is(status, 0);
  assert.is(stdout.split('\n').at(-2), '1667');
  assert.ok(seconds < 20, `5,000 lines took ${seconds.toFixed(1)} s`);
});

session.run();
