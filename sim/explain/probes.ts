/**
 * Commands that a diagnosing engineer types, and what he looks at in their output.
 *
 * Times, pids and counters differ between hosts that are ill in the same way; so of each output only the part that
 * one reads is compared. `passes` is the verdict that people draw from it, which may well be wrong.
 */
import type { Choice } from '../host/choice.ts';
import type { World } from '../host/world.ts';
import { asked, typed } from './asking.ts';
import type { History } from './history.ts';
import { emulatorOf, qemuOf } from './node.ts';

export type Shown = Readonly<{ text: string; stdout: string; status: number }>;

export type Probe = Readonly<{
  /** The command line as people type it. */
  line: (world: World) => string;
  /** How it is typed here; null where this host has not got what it takes. */
  choices: (world: World) => readonly Choice[] | null;
  reads: (shown: Shown) => string;
  passes?: (shown: Shown) => boolean;
}>;

type Look = Pick<Probe, 'reads' | 'passes'>;

const words = (line: string) => line.split(' ');

const plain = (line: string, look: Look): Probe => ({
  line: () => line,
  choices: () => [typed(words(line.replaceAll("'", '')))],
  ...look,
});

const asQemu = (line: string, look: Look): Probe => {
  const whole = (world: World) => `runuser -u ${qemuOf(world)?.name ?? 'qemu'} -- ${line}`;
  return {
    line: whole,
    choices: (world) => (qemuOf(world) ? [typed(words(whole(world)))] : null),
    ...look,
  };
};

const lines =
  (pattern: RegExp) =>
  ({ text }: Shown) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line))
      .join('\n');

const status: Look = {
  reads: ({ status: code }) => (code === 0 ? 'yes' : 'no'),
  passes: ({ status: code }) => code === 0,
};

const validate: Look = {
  reads: lines(/hardware virtualization|\/dev\/kvm/),
  passes: ({ text }) => /\/dev\/kvm is accessible\s*: PASS/.test(text),
};

/** Owner, group and entries in one line. */
const entries: Look = {
  reads({ stdout }) {
    const owner = (key: string) => new RegExp(`^# ${key}: (.*)$`, 'm').exec(stdout)?.[1] ?? '';
    const lines = stdout.split('\n').filter((line) => /^(user|group|mask|other)/.test(line));
    return lines.length === 0 ? '' : `${owner('owner')}:${owner('group')} ${lines.join(',')}`;
  },
};

const SOCKET = '/tmp/kvmlab-why.qmp';
const PIDFILE = '/tmp/kvmlab-why-qmp.pid';

/** The incident's own probe: the question that libvirt asks, put to a QEMU started by hand. */
const queryKvm = (who: 'root' | 'qemu'): Probe => {
  const front = (world: World) =>
    who === 'root' ? [] : ['runuser', '-u', qemuOf(world)?.name ?? 'qemu', '--'];
  return {
    line: () => `query-kvm, QEMU started by ${who}`,
    choices(world) {
      const emulator = emulatorOf(world);
      if (emulator === null || qemuOf(world) === null) return null;
      const qemu = ['-S', '-nodefaults', '-nographic', '-machine', 'none,accel=kvm:tcg'];
      const monitor = ['-qmp', `unix:${SOCKET},server,nowait`, '-pidfile', PIDFILE, '-daemonize'];
      const talk: Choice = {
        ...typed(['nc', '-U', SOCKET]),
        stdin: '{"execute":"qmp_capabilities"}{"execute":"query-kvm"}\n',
      } as Choice;
      return [typed([...front(world), emulator, ...qemu, ...monitor]), talk];
    },
    reads: ({ text }) => /"enabled": (true|false)/.exec(text)?.[0] ?? 'no answer',
    passes: ({ text }) => text.includes('"enabled": true'),
  };
};

/** Checks that people make first, and by which they are led. */
export const checks: readonly Probe[] = [
  plain('lsmod', {
    reads: ({ stdout }) => stdout.match(/^kvm\w*/gm)?.join(' ') ?? '',
    passes: ({ stdout }) => /^kvm_(intel|amd)/m.test(stdout),
  }),
  plain('grep kvm /proc/misc', status),
  plain("grep -cwE 'vmx|svm' /proc/cpuinfo", {
    reads: ({ stdout }) => (/^[1-9]/.test(stdout) ? 'some' : 'none'),
    passes: ({ stdout }) => /^[1-9]/.test(stdout),
  }),
  plain('dmesg', { reads: lines(/kvm:/), passes: (shown) => lines(/kvm:/)(shown) === '' }),
  plain('ls -l /dev/kvm', {
    reads: ({ text }) => /^\S+(?= )/.exec(text)?.[0] ?? '',
    passes: ({ stdout }) => /^c...rw/.test(stdout),
  }),
  plain('test -w /dev/kvm', status),
  asQemu('test -w /dev/kvm', status),
  plain('virt-host-validate qemu', validate),
  asQemu('virt-host-validate qemu', validate),
  queryKvm('root'),
  queryKvm('qemu'),
  {
    line: (world) => `id ${qemuOf(world)?.name ?? 'qemu'}`,
    choices: (world) => [typed(['id', qemuOf(world)?.name ?? 'qemu'])],
    reads: ({ stdout }) => [...new Set(stdout.match(/\(([\w-]+)\)/g))].join(' '),
    passes: ({ stdout }) => stdout.includes('(kvm)'),
  },
  plain('getfacl /dev/kvm', {
    ...entries,
    passes: ({ stdout }) => !/^(group::|mask::)-/m.test(stdout),
  }),
  plain('virsh domcapabilities --virttype kvm', status),
];

/** Who came and went, and which daemons were away, in the journal's own words without its numbers. */
const sequence: Look = {
  reads: ({ stdout }) =>
    stdout
      .split('\n')
      .filter((line) => /session|New seat|starting version|(?:udevd|logind)\.service/.test(line))
      .filter((line) => !/of user root/.test(line))
      .map((line) => line.replace(/^\S+ +\S+ \S+ \S+ [^:]+: /, '').replace(/ ?\d+/g, ''))
      .join('\n'),
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `2019-07-14 00:32:04.364 path` and `Jul 14 00:32:04 host systemd-logind[21]: ...` as one sortable moment each. */
function momentOf(line: string): Readonly<{ at: string; what: string }> | null {
  const [, date, time, path] = /^\d+-(\d\d-\d\d) (\d\d:\d\d:\d\d)\S* \S+ (\S+)$/.exec(line) ?? [];
  if (path !== undefined) return { at: `${date} ${time}`, what: path };
  const [, month = '', day = '', clock, what] =
    /^(\w{3}) +(\d+) (\S+) \S+ [^:]+: (.*)$/.exec(line) ?? [];
  if (what === undefined) return null;
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  return { at: `${number}-${day.padStart(2, '0')} ${clock}`, what: what.replace(/ ?\d+/g, '') };
}

const RULE = '/usr/lib/udev/rules.d/80-kvm.rules';

/** When the rule came, when the node's last event was, and who came and went: laid in order of time. */
const timeline: Probe = {
  line: () => `stat -c '%z %n' ${RULE}; stat -c '%y %n' /dev/kvm; journalctl -u systemd-logind`,
  choices: () => [
    typed(['stat', '-c', '%z %n', RULE]),
    typed(['stat', '-c', '%y %n', '/dev/kvm']),
    typed(['journalctl', '-u', 'systemd-logind']),
  ],
  reads: ({ stdout }) =>
    stdout
      .split('\n')
      .flatMap((line) => momentOf(line) ?? [])
      .filter(({ what }) => !/user root|New seat/.test(what))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .map(({ what }) => what)
      .join(', '),
};

/** Commands that speak of the past. */
export const traces: readonly Probe[] = [
  plain('getfacl -d /dev', {
    reads: ({ stdout }) =>
      stdout
        .split('\n')
        .filter((line) => /^(user|group|mask|other)/.test(line))
        .join('\n'),
  }),
  plain('journalctl -u systemd-logind', sequence),
  plain('journalctl -u systemd-udevd', sequence),
  plain('journalctl', sequence),
  timeline,
];

/** What a probe's lines show, all of them, on a copy of the host at the end of a history. */
export function shownBy(history: History, probe: Probe): Shown | null {
  const choices = probe.choices(history.worlds.at(-1) as World);
  if (choices === null) return null;
  let at = history;
  let all: Shown = { text: '', stdout: '', status: 0 };
  for (const choice of choices) {
    const answer = asked(at, [choice]);
    at = answer.history;
    all = {
      text: all.text + answer.text,
      stdout: all.stdout + answer.stdout,
      status: answer.status,
    };
  }
  return all;
}
