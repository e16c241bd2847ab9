/**
 * The debug log against the recorded one, step by step: which function says what, in which order, at which
 * line of libvirt 5.0.0. Addresses, times and pids aside, and what only the recording host's drivers said.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeFile } from '../../sim/libc/sys.ts';
import { report } from '../support/fidelity.ts';
import { FIX, logOf, recordedHost } from './laboratory.ts';

const debugLog = suite('debug log');

const recorded = readFileSync(
  new URL('../fixtures/libvirt500/debug-log.txt', import.meta.url),
  'utf8',
);

const steps: readonly (readonly [letter: string, commands: readonly string[]])[] = [
  ['A', ['systemctl start libvirtd']],
  ['B', ['virsh capabilities']],
  ['C', ['virsh create dom500.xml']],
  ['D', ['virsh domcapabilities --virttype kvm', 'virsh domcapabilities']],
  ['E', [FIX, 'virsh create dom500.xml']],
  ['F', ['virsh domcapabilities --virttype kvm']],
  ['G', ['virsh create dom500.xml']],
  ['H', ['virsh capabilities']],
  ['I', ['virsh create dom500.xml']],
];

/** The functions whose lines are compared; the QMP dialogue's length depends on the QEMU. */
const ours =
  /^(debug|error) : (virFileCache|virQEMUCaps(?!Init:)|virCapabilitiesDomain|virQEMUDriver)/;

const plain = (line: string) =>
  line
    .replace(/0x[0-9a-f]+/g, 'ADDRESS')
    .replace(/process \d+/, 'process PID')
    .replace(/\(\d{10} vs \d+\)/, '(TIME vs TIME)')
    .replace(/with \(\d+, \d+\)/, 'with (TIME, TIME)')
    .replace(/version [\d.]+ \(.*\)/, 'version')
    .replace(/flags \d+/, 'flags');

const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => ours.test(line))
    .map(plain);

debugLog('nine steps of the incident, line for line', () => {
  const lab = recordedHost();
  lab.run('setfacl -m g::---,m::rw- /dev/kvm');
  let seen = 0;
  const compared: string[] = [];
  for (const [letter, commands] of steps) {
    for (const command of commands) lab.run(command);
    const log = logOf(lab);
    const made = lines(log.slice(seen).replace(/^\d{4}-\d\d-\d\d [\d:.+]+: \d+: /gm, ''));
    seen = log.length;
    const [, section = ''] = new RegExp(`##### ${letter}:.*\n([^#]*)`).exec(recorded) ?? [];
    const real = lines(section);
    assert.equal(made, real, `step ${letter}`);
    compared.push(...made);
  }
  assert.is(compared.length, 94);
  report({ judge: 'libvirt 5.0.0: lines of its debug log', cases: compared, mismatches: 0 });
});

debugLog(
  'a line is `time: pid: level : function:line : text`, and QEMU speaks on lines of its own',
  () => {
    const lab = recordedHost();
    lab.run('setfacl -m g::---,m::rw- /dev/kvm');
    lab.run('systemctl start libvirtd');
    const log = logOf(lab);
    const head = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000: \d+: /;
    assert.match(log, new RegExp(`${head.source}info : libvirt version: 5\\.0\\.0\n`));
    assert.match(
      log,
      "virCommandRun:2336 : Result exit status 0, stdout: '' stderr: " +
        "'Could not access KVM kernel module: Permission denied\n" +
        'qemu-kvm: failed to initialize KVM: Permission denied\n' +
        'qemu-kvm: Back to tcg accelerator\n' +
        "'\n",
    );
  },
);

debugLog('at the default level the journal holds the errors, bare, and no debug line', () => {
  const lab = recordedHost();
  lab.script(() => writeFile('/etc/libvirt/libvirtd.conf', ''));
  lab.run('setfacl -m g::---,m::rw- /dev/kvm');
  lab.run('systemctl start libvirtd');
  lab.run('virsh create dom500.xml');
  const journal = lab.run('journalctl -u libvirtd').stdout;
  assert.match(journal, 'could not find capabilities for arch=x86_64 domaintype=kvm ');
  assert.not.match(journal, 'Try to probe');
});

debugLog.run();
