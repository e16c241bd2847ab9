/**
 * Every recorded case of the real udev 252, played on ours: log, properties, node, links, database.
 *
 * The judge is the recording (test/fixtures/udev252). A case that we answer otherwise must be one of the
 * registered divergences below, each with the number of cases it may cover.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { calcMask, type Entry, entry, inOrder } from '../../sim/acl/entry.ts';
import { shortText } from '../../sim/acl/text.ts';
import { toXattr } from '../../sim/acl/xattr.ts';
import type { DiskFile } from '../../sim/host/disk.ts';
import type { Inode } from '../../sim/kernel/inode.ts';
import type { Stat } from '../../sim/kernel/request.ts';
import { aclGetFile } from '../../sim/libc/devnode_acl.ts';
import {
  chmod,
  chown,
  mkdir,
  mknod,
  type Sys,
  setxattr,
  stat,
  symlink,
  unlink,
  writeFile,
} from '../../sim/libc/sys.ts';
import { builtinsBegin, builtinsEnd } from '../../sim/udev/builtinInit.ts';
import { systemd252 } from '../../sim/udev/switches.ts';
import { type Divergence, report } from '../support/fidelity.ts';
import { act, content, inode, type Laboratory, laboratory, run, type Table } from './laboratory.ts';

type Case = {
  files: Record<string, string | null>;
  dev?: string;
  action?: string;
  node?: string;
  pre_db?: [string, string];
  rc: number;
  log: string[];
  props: Record<string, string>;
  run?: string[];
  mode: string;
  uid?: number;
  gid?: number;
  acl?: string;
  links: Record<string, string>;
  db?: string[];
};

const lines = readFileSync(new URL('../fixtures/udev252/corpus.jsonl', import.meta.url), 'utf8');
const cases = lines
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => JSON.parse(line) as Case);

const misc = (name: string, minor: number): Table => ({
  [`/sys/devices/virtual/misc/${name}/uevent`]: `MAJOR=10\nMINOR=${minor}\nDEVNAME=${name}\n`,
  [`/sys/devices/virtual/misc/${name}/dev`]: `10:${minor}\n`,
  [`/sys/devices/virtual/misc/${name}/subsystem`]: '-> ../../../../class/misc',
  [`/sys/devices/virtual/misc/${name}/power/control`]: 'auto\n',
  [`/sys/class/misc/${name}`]: `-> ../../devices/virtual/misc/${name}`,
});

/** The recording machine's /sys, as far as the cases look. */
const sysfs: Table = {
  ...misc('kvm', 232),
  ...misc('fuse', 229),
  '/sys/devices/virtual/block/loop0/uevent':
    'MAJOR=7\nMINOR=0\nDEVNAME=loop0\nDEVTYPE=disk\nDISKSEQ=1\n',
  '/sys/devices/virtual/block/loop0/dev': '7:0\n',
  '/sys/devices/virtual/block/loop0/subsystem': '-> ../../../../class/block',
  '/sys/class/block/loop0': '-> ../../devices/virtual/block/loop0',
  '/proc/sys/kernel/ostype': 'Linux\n',
  '/proc/sys/kernel/hostname': 'recorder\n',
};

function* setfacl(path: string, spec: string): Sys<void> {
  const acl = yield* aclGetFile(path);
  if ('errno' in acl) throw new Error(`${path} has no ACL`);
  let next: readonly Entry[] = acl;
  for (const word of spec.split(',')) {
    const [tag, id = '', perms = ''] = word.split(':');
    const perm = (perms.includes('r') ? 4 : 0) | (perms.includes('w') ? 2 : 0);
    const made = tag === 'u' ? entry('user', perm, Number(id)) : entry('group_obj', perm);
    next = [...next.filter((e) => e.tag !== made.tag || e.id !== made.id), made];
  }
  yield* setxattr(path, 'system.posix_acl_access', toXattr(calcMask(inOrder([...next]))));
}

/** The shell commands that the recorder ran on the node before the event. */
function* prepare(commands: string): Sys<void> {
  for (const command of commands.split('; ').filter((c) => c !== '')) {
    const [name, ...words] = command.split(' ');
    const path = words.at(-1) ?? '';
    if (name === 'chmod') yield* chmod(path, Number.parseInt(words[0] ?? '', 8));
    else if (name === 'chown') {
      const [uid = '', gid = ''] = (words[0] ?? '').split(':');
      yield* chown(path, uid === '' ? -1 : Number(uid), gid === 'kvm' ? 107 : Number(gid));
    } else if (name === 'setfacl') yield* setfacl(path, words[1] ?? '');
    else if (name === 'rm') yield* unlink(path);
    else if (name === 'touch') yield* writeFile(path, '', 0o644);
    else if (name === 'mknod') {
      yield* mknod(words[0] ?? '', 'char', 0o644, [Number(words[2]), Number(words[3])]);
    } else if (name === 'ln') yield* symlink(words[1] ?? '', path);
    else throw new Error(`the recorder's ${command} is not known here`);
  }
}

const toFile = ([name, text]: [string, string | null]): DiskFile => {
  const path = name.startsWith('/') ? name : `/etc/udev/rules.d/${name}`;
  return text === null ? { path, target: '/dev/null' } : { path, content: text };
};

function host(one: Case): Laboratory {
  const files = Object.entries(one.files).filter(([name]) => !name.startsWith('/run/'));
  const lab = laboratory(systemd252, files.map(toFile), sysfs);
  act(lab, function* () {
    yield* mknod('/dev/kvm', 'char', 0o600, [10, 232]);
    yield* mknod('/dev/fuse', 'char', 0o600, [10, 229]);
    yield* mknod('/dev/loop0', 'block', 0o600, [7, 0]);
    yield* mkdir('/run/udev');
    yield* mkdir('/run/udev/rules.d');
    yield* mkdir('/run/udev/data');
    for (const [name, text] of Object.entries(one.files)) {
      if (name.startsWith('/run/')) yield* writeFile(name, text ?? '');
    }
    if (one.pre_db) yield* writeFile(`/run/udev/data/${one.pre_db[0]}`, one.pre_db[1]);
    yield* prepare(one.node ?? '');
  });
  return lab;
}

const boilerplate = [
  ...(builtinsBegin + builtinsEnd)
    .trim()
    .split('\n')
    .map((line) => new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)),
  /^Reading rules file/,
  /sd-device: Created/,
  /Successfully created symlink '\/dev\/(char|block)\//,
];

/** What the recorder kept of stderr; lines about created links sorted among themselves. */
function keptLog(stderr: string): string[] {
  const kept = stderr.split('\n').filter((l) => l !== '' && !boilerplate.some((b) => b.test(l)));
  const made = kept.filter((l) => l.includes('Successfully created symlink')).sort();
  return kept.map((l) => (l.includes('Successfully created symlink') ? (made.shift() ?? '') : l));
}

const sorted = (value: string, separator: string) =>
  value.split(separator).filter(Boolean).sort().join(separator);

function keptProperties(stdout: string): { props: Record<string, string>; run: string[] } {
  const props: Record<string, string> = {};
  const runs: string[] = [];
  for (const line of stdout.split('\n')) {
    const at = line.indexOf('=');
    if (line.startsWith('run: ')) runs.push(line.slice(5).replace(/^'+|'+$/g, ''));
    else if (at >= 0 && !line.startsWith('This')) props[line.slice(0, at)] = line.slice(at + 1);
  }
  delete props['USEC_INITIALIZED'];
  for (const key of ['TAGS', 'CURRENT_TAGS']) {
    if (key in props) props[key] = `:${sorted(props[key] ?? '', ':')}:`;
  }
  if (props['DEVLINKS']) props['DEVLINKS'] = sorted(props['DEVLINKS'], ' ');
  return { props, run: runs };
}

function linksBelow(lab: Laboratory, path: string): Record<string, string> {
  const links: Record<string, string> = {};
  for (const name of Object.keys(inode(lab, path)?.entries ?? {})) {
    const child = inode(lab, `${path}/${name}`);
    if (child?.type === 'symlink') links[`${path}/${name}`.slice('/dev/'.length)] = child.content;
    if (child?.type === 'dir') Object.assign(links, linksBelow(lab, `${path}/${name}`));
  }
  return links;
}

const aclOf = (node: Inode): string | undefined =>
  node.acl ? shortText(node.acl).replaceAll(',', '\n') : undefined;

function observed(one: Case): Omit<Case, 'files' | 'dev' | 'action' | 'node' | 'pre_db'> {
  const lab = host(one);
  const device = one.dev ?? '/sys/devices/virtual/misc/kvm';
  const name = device.slice(device.lastIndexOf('/') + 1);
  const ended = run(lab, '/usr/bin/udevadm', 'test', `--action=${one.action ?? 'add'}`, device);
  const node = act(lab, () => stat(`/dev/${name}`));
  const there = 'errno' in node ? null : (node as Stat);
  const id = { kvm: 'c10:232', fuse: 'c10:229', loop0: 'b7:0' }[name];
  const db = content(lab, `/run/udev/data/${id}`);
  const { props, run: runs } = keptProperties(ended.stdout);
  const acl =
    there && inode(lab, `/dev/${name}`) ? aclOf(inode(lab, `/dev/${name}`) as Inode) : undefined;
  return {
    rc: ended.code,
    log: keptLog(ended.stderr),
    props,
    ...(runs.length > 0 ? { run: runs } : {}),
    mode: there ? there.mode.toString(8).padStart(4, '0') : 'No such file or directory',
    ...(there ? { uid: there.uid, gid: there.gid } : {}),
    ...(acl === undefined ? {} : { acl }),
    links: linksBelow(lab, '/dev'),
    ...(db === undefined
      ? {}
      : {
          db: db
            .split('\n')
            .filter((l) => l !== '' && !l.startsWith('I:'))
            .sort(),
        }),
  };
}

/** Keys in one order; the recorder's `#effective` comments are getfacl's business. */
function expected(one: Case): ReturnType<typeof observed> {
  const { files: _, dev: __, action: ___, node: ____, pre_db: _____, ...rest } = one;
  const acl = rest.acl?.replace(/\t#effective:.*/g, '');
  const links = Object.fromEntries(Object.entries(rest.links));
  return { ...rest, links, ...(acl === undefined ? {} : { acl }) };
}

const divergences: readonly Divergence<Case>[] = [
  {
    why: 'the real udevadm crashes on an empty tag after having written the database',
    covers: (one) => one.rc < 0,
    count: 1,
  },
];

const corpus = suite('udev corpus');

corpus('a recorded host answers as the real udev 252 did', () => {
  const wrong: string[] = [];
  for (const [i, one] of cases.entries()) {
    if (divergences.some((d) => d.covers(one))) continue;
    const seen = observed(one);
    try {
      assert.equal(seen, expected(one));
    } catch {
      const key = (Object.keys({ ...seen, ...one }) as (keyof typeof seen)[]).filter(
        (k) => JSON.stringify(seen[k]) !== JSON.stringify(expected(one)[k]),
      );
      const shown = key.map((k) => `${k}: ${JSON.stringify(seen[k])} <> ${JSON.stringify(one[k])}`);
      wrong.push(`${i + 2} ${JSON.stringify(one.files).slice(0, 300)}\n  ${shown.join('\n  ')}`);
    }
  }
  assert.is(wrong.slice(0, 40).join('\n'), '');
  report({ judge: 'udev 252: rules files', cases, mismatches: wrong.length, divergences });
});

corpus.run();
