/**
 * `kvmlab shell` at both of its doors: a pipe, and a terminal with a prompt.
 */
import { PassThrough, Readable } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runShell } from '../../sim/cli/shell.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';

const doors = suite('kvmlab shell');
const host = newHost(profileNamed('centos7'));

/** Everything written to a stream so far. */
function sink() {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => {
    text += String(chunk);
  });
  return { stream, text: () => text };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

doors('from a pipe it is a script: two streams and an exit code', async () => {
  const [out, err] = [sink(), sink()];
  const stdin = Readable.from([Buffer.from('echo héllo\nnosuch\ncd /etc; pwd\nexit 7\necho no\n')]);
  const streams = { stdin, stdout: out.stream, stderr: err.stream };
  assert.is(await runShell(host, 'root@pts/0', streams), 7);
  await settled();
  assert.is(out.text(), 'héllo\n/etc\n');
  assert.is(err.text(), 'bash: line 2: nosuch: command not found\n');
});

/** The escape sequences by which readline draws its line: ESC, a bracket, digits, a letter. */
const drawing = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g');

doors('at a terminal it prompts, continues, survives errors and a reboot, and ends', async () => {
  const [out, err] = [sink(), sink()];
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const done = runShell(host, 'root@pts/0', { stdin, stdout: out.stream, stderr: err.stream });
  for (const line of [
    'cd /etc',
    'for i in 1 2',
    'do echo n$i; done',
    'nosuch',
    'reboot',
    'exit 3',
  ]) {
    stdin.write(`${line}\n`);
    await settled();
  }
  assert.is(await done, 3);
  await settled();
  const shown = out.text().replace(drawing, '').replaceAll('\r', '');
  assert.is(
    shown,
    [
      '[root@node1 ~]# cd /etc',
      '[root@node1 etc]# for i in 1 2',
      '> do echo n$i; done',
      'n1',
      'n2',
      '[root@node1 etc]# nosuch',
      '[root@node1 etc]# reboot',
      '[root@node1 ~]# exit 3',
      'logout',
      '',
    ].join('\n'),
  );
  assert.is(
    err.text(),
    '-bash: nosuch: command not found\nConnection to the host closed: it has gone down.\n',
  );
});

doors.run();
