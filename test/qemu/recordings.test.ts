/**
 * The QMP monitor against sessions recorded from QEMU 7.2, byte for byte.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { qemu72 } from '../../sim/qemu/switches.ts';
import { report } from '../support/fidelity.ts';
import { connect, send, timeless } from './session.ts';

const recordings = suite('QMP recorded from QEMU 7.2');

const lines = (file: string) =>
  readFileSync(new URL(`../fixtures/qemu/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const CAPABILITIES = '{"execute":"qmp_capabilities"}\r\n';

type Malformed = { input: string; reply: string; then_probe: string };

recordings(
  'every malformed input gets the recorded replies, and so does the command after it',
  () => {
    const cases = lines('malformed.jsonl') as Malformed[];
    for (const { input, reply, then_probe } of cases) {
      const { session } = connect(qemu72);
      send(session, CAPABILITIES);
      const said = send(session, `${input}\r\n`);
      const then = send(session, '{"execute":"query-kvm","id":"probe"}\r\n');
      assert.is(said, reply, input);
      assert.is(then, then_probe, `after ${input}`);
    }
    assert.is(cases.length, 50);
    report({ judge: 'QEMU 7.2: malformed QMP', cases, mismatches: 0 });
  },
);

type Step = { send?: string; recv?: string };

recordings('every recorded session is repeated byte for byte', () => {
  const steps: string[] = [];
  for (const { case: name, io } of lines('transcripts.jsonl') as { case: string; io: Step[] }[]) {
    // Sessions that need sockets or signals are played on a host: launch.test.ts.
    if (io[0]?.recv === undefined || !io.some((step) => step.send !== undefined)) continue;
    const { session, greeting } = connect(qemu72);
    for (const { send: bytes, recv } of io) {
      const said = bytes === undefined ? greeting : send(session, bytes);
      assert.is(timeless(said), timeless(recv ?? ''), `${name}: ${bytes}`);
      steps.push(name);
    }
  }
  assert.is(steps.length, 35);
  report({ judge: 'QEMU 7.2: QMP sessions', cases: steps, mismatches: 0 });
});

recordings.run();
