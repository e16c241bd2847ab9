/**
 * A daemon whose turns are run again from their answers, after every single system call, does the same.
 *
 * This is what a search over schedules relies on: between two calls only memory and answers exist, both
 * plain JSON, and no turn changes what it was given.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { digest } from '../../sim/host/canonical.ts';
import type { Program } from '../../sim/kernel/program.ts';
import type { Answer } from '../../sim/kernel/request.ts';
import * as sys from '../../sim/libc/sys.ts';
import { programs } from '../../sim/libvirt/programs.ts';
import { BREAK, FIX, recordedHost } from './laboratory.ts';

const replay = suite('replay');

/** The same program, forgetting where it stands: every answer runs the turn again from a copy of its memory. */
const forgetful = (program: Program): Program => ({
  ...program,
  *turn(memory) {
    const answers: Answer[] = [];
    for (;;) {
      const turn = program.turn(structuredClone(memory));
      let next = turn.next();
      for (const answer of answers) next = turn.next(structuredClone(answer));
      if (next.done) return next.value;
      answers.push(yield next.value);
    }
  },
});

const story = [
  'systemctl start libvirtd',
  FIX,
  'virsh domcapabilities',
  'virsh capabilities',
  'virsh create dom500.xml',
];

function play(forget: boolean): string {
  const wrapped = Object.fromEntries(
    Object.entries(programs).map(([name, program]) => [
      name,
      forget ? forgetful(program) : program,
    ]),
  );
  const lab = recordedHost(undefined, wrapped);
  lab.script(() => sys.writeFile('/etc/libvirt/libvirtd.conf', ''));
  lab.run(BREAK);
  for (const line of story) lab.run(line);
  assert.is(lab.run('virsh domstate t1').stdout, 'running\n\n');
  return digest(lab.world.kernel);
}

replay('probe, repair, guest: the same kernel, to the last byte', () => {
  assert.is(play(true), play(false));
});

replay.run();
