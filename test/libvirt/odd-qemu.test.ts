/**
 * What libvirt 9.0 makes of QEMUs that answer too little, or oddly: the real libvirtd was shown the same.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { executable } from '../../sim/kernel/executable.ts';
import { receive } from '../../sim/qemu/monitor.ts';
import { qemu72 } from '../../sim/qemu/switches.ts';
import { createShell } from '../../sim/shell/create.ts';
import { answering } from '../qemu/answers.ts';
import { connect } from '../qemu/session.ts';
import { report } from '../support/fidelity.ts';
import { type Oddity, oddQemu, type Table } from './oddQemu.ts';

const odd = suite('odd QEMUs before libvirt 9.0');

type Trial = Readonly<{
  trial: string;
  conf?: Oddity;
  commands?: readonly string[];
  domains: readonly string[];
  arch: readonly string[];
  errors: readonly string[];
}>;

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/qemu/${name}`, import.meta.url), 'utf8');
const trials = (name: string): readonly Trial[] =>
  fixture(name)
    .trim()
    .split('\n')
    .map((line): Trial => JSON.parse(line));

const minimal: Table = JSON.parse(fixture('minimal-replies.json'));

/** The simulated 7.2's own reply, where a trial had the real one's. */
function ownReply(execute: string): unknown {
  const { session } = connect(qemu72, 'tcg');
  const say = (command: string) => {
    const asked = receive(session.monitor, session.vm, JSON.stringify({ execute: command }));
    const after = answering(asked, { clock: () => 0 });
    session.monitor = after.monitor;
    return JSON.parse(after.output).return;
  };
  say('qmp_capabilities');
  return say(execute);
}

/** `empty but real X`: all lists are empty but one. */
function tableOf({ trial, commands }: Trial, tcg: boolean): Table {
  const [, real] = /^empty but real (.*)/.exec(trial) ?? [];
  const types = tcg ? { 'qom-list-types': [{ name: 'tcg-accel', parent: 'accel' }] } : {};
  const names = commands ?? Object.keys(minimal);
  const all = names.map((name) => [name, name === real ? ownReply(name) : (minimal[name] ?? [])]);
  return { ...Object.fromEntries(all), ...types };
}

const LOG = '/var/log/libvirt/libvirtd.log';

/**
 * Dates, pids and line numbers aside: the function that complains, and its words. That a client of the recorder's
 * was gone before libvirtd had read is of the recorder, not of QEMU.
 */
const complaints = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const [, where, words] = /(?:^|: error : )(\w+)(?::\d+)? : (.*)$/.exec(line) ?? [];
    return where === undefined || where === 'virNetSocketReadWire' ? [] : `${where} ${words}`;
  });

function play(trial: Trial, tcg: boolean) {
  const { machinery, world } = newHost(profileNamed('recorded900'), {
    files: [
      { path: '/usr/bin/qemu-system-x86_64', mode: 0o755, content: executable('odd-qemu') },
      { path: '/etc/libvirt/libvirtd.conf', content: `log_outputs = "4:file:${LOG}"\n` },
    ],
  });
  const programs = {
    ...machinery.programs,
    'odd-qemu': oddQemu(trial.conf ?? {}, tableOf(trial, tcg)),
  };
  const machine = { ...machinery, programs };
  const shell = createShell(
    machine,
    step(machine, world, { login: 'root', on: 'pts/0' }),
    'root@pts/0',
  );
  shell.run('rm -f /usr/bin/qemu-system-i386; systemctl start libvirtd');
  const { stdout } = shell.run('virsh capabilities');
  const guests = stdout.slice(Math.max(0, stdout.indexOf('<guest>')));
  return {
    domains: [...guests.matchAll(/<domain type='(.*?)'/g)].map(([, type = '']) => type),
    arch: [...guests.matchAll(/<arch name='(.*?)'/g)].map(([, name = '']) => name),
    errors: complaints(shell.run(`cat ${LOG}`).stdout),
  };
}

/** Lines that end in LF alone: libvirtd waits for its greeting for ever, and here nobody waits so long. */
const ENDLESS = 'greeting LF only';

const compared: Trial[] = [];

for (const file of ['minimal-trials.jsonl', 'robustness-trials.jsonl']) {
  let tcg = false;
  for (const trial of trials(file)) {
    if (trial.trial === ENDLESS) continue;
    tcg ||= trial.trial.startsWith('tcg-accel');
    const types = tcg;
    odd(`${file}: ${trial.trial}`, () => {
      const { domains, arch, errors } = trial;
      const expected = { domains, arch, errors: errors.flatMap((e) => complaints(e.trim())) };
      compared.push(trial);
      assert.equal(play(trial, types), expected);
    });
  }
}

odd('all trials but the endless one were played', () => {
  assert.is(compared.length, 45);
  report({ judge: 'libvirt 9.0: odd QEMUs', cases: compared, mismatches: 0 });
});

odd.run();
