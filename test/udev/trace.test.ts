/**
 * The recorded run of the real systemd-udevd 252: a rule is installed, events are triggered. What our
 * udevd writes at debug level, line by line, and what `udevadm monitor` prints.
 *
 * Left out of the comparison: pids and sequence numbers, the bytes of netlink messages, who is forked (our
 * workers handle one event each), and "Reading rules file" (only one of several files was kept in the recording).
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { kill, nanosleep, open, spawn, unlink, wait, writeFile } from '../../sim/libc/sys.ts';
import { rulesEl7 } from '../../sim/udev/rules/el7.ts';
import { systemd219, systemd252 } from '../../sim/udev/switches.ts';
import { report } from '../support/fidelity.ts';
import { booted, loadKvm, putRule, reload, startLogind, switchOn, trigger } from './incident.ts';
import { act, content, type Laboratory, run } from './laboratory.ts';

const recorded = readFileSync(
  new URL('../fixtures/udev252/trigger-trace.txt', import.meta.url),
  'utf8',
);

const anonymous = (line: string) => line.replace(/SEQNUM=\d+/, 'SEQNUM=n');

const compared = (lines: readonly string[]) =>
  lines
    .filter((line) => line.startsWith('kvm: ') && !/Worker|Passed|is forked/.test(line))
    .map(anonymous);

/** The recorded daemon lines, event by event: from "is queued" to before the next. */
function recordedEvents(): string[][] {
  const text = recorded.slice(recorded.indexOf('udevd rc=0'), recorded.indexOf('== monitor'));
  const events: string[][] = [];
  for (const line of compared(text.split('\n'))) {
    if (line.includes('Device is queued')) events.push([]);
    events.at(-1)?.push(line);
  }
  return events;
}

const trace = suite('udev trace');

/** Only what the recording had: one rule for the builtin, in /etc, and the tag without its rule in sight. */
function recordingHost(): Laboratory {
  const lab = switchOn(systemd252, [
    { path: '/etc/udev/rules.d/70-uaccess.rules', content: 'KERNEL=="kvm", TAG+="uaccess"\n' },
    {
      path: '/etc/udev/rules.d/73-seat-late.rules',
      content: 'TAG=="uaccess", ENV{MAJOR}!="", RUN{builtin}+="uaccess"\n',
    },
  ]);
  act(lab, function* () {
    for (const { path } of rulesEl7) yield* unlink(path);
  });
  run(lab, '/usr/bin/udevadm', 'control', '--reload', '--log-level=debug');
  loadKvm(lab);
  startLogind(lab);
  act(lab, () => writeFile('/run/systemd/seats/seat0', 'ACTIVE=c1\nACTIVE_UID=1000\n'));
  return lab;
}

function said(lab: Laboratory, during: () => void): string[] {
  const before = content(lab, '/run/log/journal/system.journal')?.length ?? 0;
  during();
  const text = content(lab, '/run/log/journal/system.journal')?.slice(before) ?? '';
  return compared(text.split('\n').map((line) => line.replace(/^\d+ \S+: /, '')));
}

trace('the first three recorded events are told in the same words', () => {
  const lab = recordingHost();
  const [first, second, third] = recordedEvents();
  // The device has been handled once already; the recorded one was 0600 without an ACL before its first event.
  act(lab, function* () {
    yield* writeFile('/run/systemd/seats/seat0', 'x\n');
  });
  trigger(lab);
  assert.equal(
    said(lab, () => trigger(lab)),
    first,
  );
  putRule(lab);
  reload(lab);
  assert.equal(
    said(lab, () => trigger(lab)),
    second,
  );
  assert.equal(
    said(lab, () => trigger(lab, 'change')),
    third?.filter((line) => !line.includes('Worker')),
  );
  const cases = [first, second, third].flatMap((event) => event ?? []);
  report({ judge: "udev 252: lines of udevd's debug log", cases, mismatches: 0 });
});

/** `udevadm monitor` in the background while something happens; SIGINT ends it. */
function monitored(lab: Laboratory, args: readonly string[]): { stdout: string; code: number } {
  let code = -1;
  act(lab, function* () {
    yield* open('/monitor', ['write', 'create', 'trunc']);
    const argv = ['udevadm', 'monitor', ...args];
    const pid = (yield* spawn('/usr/bin/udevadm', argv, {
      fds: { 1: 0 },
      inherit: false,
    })) as number;
    yield* nanosleep(100);
    const update = ['udevadm', 'trigger', '--action=change', '-y', 'kvm'];
    yield* wait((yield* spawn('/usr/bin/udevadm', update, { inherit: false })) as number);
    yield* nanosleep(1000);
    yield* kill(pid, 'SIGINT');
    const end = yield* wait(pid);
    code = 'code' in end ? end.code : -1;
  });
  return { stdout: content(lab, '/monitor') ?? '', code };
}

trace('monitor prints the kernel and the udev event, as the recording does', () => {
  const lab = booted(systemd252);
  const { stdout, code } = monitored(lab, []);
  assert.is(code, 0);
  const times = /\[\d+\.\d{6}\]/g;
  const head = recorded.slice(recorded.indexOf('monitor will'), recorded.indexOf('KERNEL['));
  const lines = `KERNEL[] change   /devices/virtual/misc/kvm (misc)
UDEV  [] change   /devices/virtual/misc/kvm (misc)
`;
  assert.is(stdout.replace(times, '[]'), head + lines);
  for (const line of lines.trim().split('\n')) {
    assert.ok(recorded.replace(times, '[]').includes(line));
  }
});

trace('monitor -p adds the properties, tags filter the udev events only', () => {
  const lab = booted(systemd219);
  const { stdout } = monitored(lab, ['-p', '-u', '-t', 'uaccess']);
  assert.match(stdout, /UDEV {2}\[\S+\] change .*\nACTION=change\nDEVNAME=\/dev\/kvm\n/);
  assert.match(stdout, /\nTAGS=:seat:uaccess:\n/);
  assert.not.match(monitored(booted(systemd219), ['-u', '-t', 'nosuch']).stdout, /UDEV {2}\[/);
});

trace.run();
