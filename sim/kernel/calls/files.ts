/**
 * open, close, read, write, getdents.
 *
 * Models: Linux 3.10 fs/open.c do_sys_open, fs/namei.c may_open, do_last; fs/read_write.c; drivers/base/core.c store_uevent
 * Leaves out: offsets other than "all of it", O_TRUNC races, file locks, sparse files.
 *
 * The order of open's errors: path walk, nodev (EACCES), mode and ACL (EACCES), device cgroup (EPERM), security module
 * (EACCES), no such major (ENXIO), no such minor (ENODEV). access(2) sees the middle three only.
 */
import {
  type After,
  type Call,
  draftInode,
  fileOf,
  freeFd,
  installFd,
  type Outcome,
  openAs,
  PARK,
  withFile,
  withTask,
} from '../call.ts';
import { createAt } from '../create.ts';
import { type Held, heldAt } from '../descriptorLinks.ts';
import { type Failure, failed } from '../errno.ts';
import type { Inode } from '../inode.ts';
import { mayAccess } from '../judge.ts';
import { newestFirst } from '../listing.ts';
import { get, withThing } from '../pages.ts';
import { pseudo } from '../pseudo.ts';
import type { Dirent, OpenFlag } from '../request.ts';
import type { OpenFile } from '../state.ts';
import { announce, miscProperties } from '../uevent.ts';
import { mountOf, type Place, walk } from '../walk.ts';
import { driverOf, referenced } from './devices.ts';
import { RELOAD, reloadMicrocode } from './microcode.ts';
import { readStream, writeStream } from './sockets.ts';

const wanted = (flags: readonly OpenFlag[]) =>
  (flags.includes('read') ? 4 : 0) | (flags.includes('write') ? 2 : 0);

/** may_open and what the file type adds; null when the open may go on. */
function mayOpen(
  call: Call,
  place: Place,
  inode: Inode,
  flags: readonly OpenFlag[],
): Failure | null {
  const writes = flags.includes('write');
  if (inode.type === 'symlink') return { errno: 'ELOOP' };
  if (inode.type === 'dir' && writes) return { errno: 'EISDIR' };
  if (inode.type !== 'dir' && flags.includes('directory')) return { errno: 'ENOTDIR' };
  const mount = mountOf(call.kernel, place.mount);
  if (inode.rdev !== null && mount.nodev) return { errno: 'EACCES' };
  if (inode.rdev === null && writes && mount.readonly) return { errno: 'EROFS' };
  const refused = mayAccess(call.kernel, call.task, inode, wanted(flags));
  if (refused) return refused;
  return inode.type === 'socket' ? { errno: 'ENXIO' } : null;
}

/** Files that are read on from where the last read ended. */
type Positioned = OpenFile & { kind: 'inode' | 'pseudo' };

/** The terminal behind a node: 4:1 is tty1, 136:0 is pts/0. */
function terminalOf(inode: Inode): string | null {
  const [major, minor = 0] = inode.rdev ?? [];
  if (major === 4 && minor > 0 && minor < 64) return `tty${minor}`;
  if (major === 127) return 'network';
  return major === 136 ? `pts/${minor}` : null;
}

/**
 * A terminal shows both streams alike; so that scripts can tell them apart, an open for writing only counts as stderr.
 */
function openTerminal(call: Call, tty: string, flags: readonly OpenFlag[]): Outcome {
  const { terminals } = call.draft();
  terminals[tty] ??= { input: [], output: [] };
  const stream = flags.includes('read') ? 1 : 2;
  return installFd(call, { kind: 'terminal', tty, stream, refs: 1, flags });
}

function openInode(call: Call, place: Place, inode: Inode, flags: readonly OpenFlag[]): Outcome {
  const refused = mayOpen(call, place, inode, flags);
  if (refused) return refused;
  if (inode.rdev !== null) {
    const driver = driverOf(call.kernel, inode);
    if (typeof driver !== 'string') return driver;
    const tty = terminalOf(inode);
    if (tty !== null) return openTerminal(call, tty, flags);
    const kernel = referenced(call.kernel, driver, 'reference.taken');
    const file = { kind: 'device', ino: inode.ino, driver, refs: 1, flags } as const;
    return openAs({ ...call, kernel }, file);
  }
  const { mount } = place;
  const file = { kind: 'inode', ino: inode.ino, mount, offset: 0, refs: 1, flags } as const;
  if (flags.includes('trunc') && flags.includes('write') && inode.type === 'file') {
    const draft = draftInode(call, inode.ino);
    draft.content = '';
    draft.mtime = call.now;
    draft.ctime = call.now;
    return installFd(call, file);
  }
  return openAs(call, file);
}

/** proc_fd_link: the file is opened again; of a pipe or a terminal there is only the one. */
function openHeld(call: Call, held: Held, flags: readonly OpenFlag[]): Outcome {
  const { kernel, task } = call;
  const { id, file } = held;
  if (file.kind === 'inode') {
    const inode = get(kernel.inodes, file.ino);
    if (inode) return openInode(call, { path: '', mount: file.mount, inode }, inode, flags);
  }
  const fd = freeFd(task.fds);
  if (failed(fd)) return fd;
  const becomes = withTask(kernel, { ...task, fds: { ...task.fds, [fd]: id } });
  return { becomes: withFile(becomes, id, { ...file, refs: file.refs + 1 }), answer: fd };
}

function openPseudo(call: Call, path: string, flags: readonly OpenFlag[]): Outcome {
  const held = heldAt(call.kernel, path);
  if (held) return openHeld(call, held, flags);
  const node = pseudo(call.kernel, call.task, path);
  if (node === null) return { errno: 'ENOENT' };
  if (node.type === 'dir' && flags.includes('write')) return { errno: 'EISDIR' };
  if (node.type !== 'dir' && flags.includes('directory')) return { errno: 'ENOTDIR' };
  if (flags.includes('write') && (call.task.cred.uid !== 0 || !(node.mode & 0o200))) {
    return { errno: 'EACCES' };
  }
  const seen = call.kernel.vt.changes;
  return openAs(call, { kind: 'pseudo', path, offset: 0, seen, refs: 1, flags });
}

export function open(call: Call, path: string, flags: readonly OpenFlag[], mode: number): Outcome {
  const target = walk(call.kernel, call.task, path, !flags.includes('nofollow'));
  if (failed(target)) return target;
  const { place } = target;
  if (place) {
    if (flags.includes('create') && flags.includes('excl')) return { errno: 'EEXIST' };
    return place.inode
      ? openInode(call, place, place.inode, flags)
      : openPseudo(call, place.path, flags);
  }
  if (!flags.includes('create')) return { errno: 'ENOENT' };
  if (path.endsWith('/')) return { errno: 'EISDIR' };
  const ino = createAt(call, target, 'file', mode);
  if (failed(ino)) return ino;
  const { mount } = target.parent;
  return installFd(call, { kind: 'inode', ino, mount, offset: 0, refs: 1, flags });
}

const namesOf = (call: Call, directory: Inode): Dirent[] =>
  newestFirst(directory).map((name) => {
    const ino = directory.entries[name];
    const inode = ino === undefined ? undefined : get(call.kernel.inodes, ino);
    return { name, type: inode?.type ?? 'file' };
  });

function pseudoEntries(call: Call, path: string): Dirent[] | Failure {
  const node = pseudo(call.kernel, call.task, path);
  if (node?.type !== 'dir') return { errno: 'ENOTDIR' };
  return node.entries.map((name) => {
    const type = pseudo(call.kernel, call.task, `${path}/${name}`)?.type ?? 'file';
    return { name, type };
  });
}

export function getdents(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  if (open === null) return { errno: 'EBADF' };
  const { file } = open;
  if (file.kind === 'pseudo') return pseudoEntries(call, file.path);
  const inode = file.kind === 'inode' ? get(call.kernel.inodes, file.ino) : undefined;
  return inode?.type === 'dir' ? namesOf(call, inode) : { errno: 'ENOTDIR' };
}

function readTerminal(call: Call, tty: string): Outcome {
  const [line] = call.kernel.terminals[tty]?.input ?? [];
  if (line === undefined) return PARK;
  call.draft().terminals[tty]?.input.shift();
  return line;
}

function readText(call: Call, id: number, file: Positioned, text: string): After | '' {
  if (text.length <= file.offset) return '';
  const becomes = withFile(call.kernel, id, { ...file, offset: text.length });
  return { becomes, answer: text.slice(file.offset), quiet: true };
}

export function read(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  if (open === null) return { errno: 'EBADF' };
  const { id, file } = open;
  switch (file.kind) {
    case 'stream':
      return readStream(call, file);
    case 'pseudo': {
      const node = pseudo(call.kernel, call.task, file.path);
      if (node === null) return { errno: 'ENODEV' };
      if (node.type === 'dir') return { errno: 'EISDIR' };
      const seen = { ...file, seen: call.kernel.vt.changes };
      const after = readText(call, id, seen, node.content);
      return after === ''
        ? { becomes: withFile(call.kernel, id, seen), answer: '', quiet: true }
        : after;
    }
    case 'inode': {
      if (!file.flags.includes('read')) return { errno: 'EBADF' };
      const inode = get(call.kernel.inodes, file.ino);
      if (inode?.type === 'dir') return { errno: 'EISDIR' };
      return readText(call, id, file, inode?.content ?? '');
    }
    case 'device':
      return file.driver === 'kvm' ? { errno: 'EINVAL' } : '';
    case 'terminal':
      return readTerminal(call, file.tty);
    default:
      return { errno: 'EINVAL' };
  }
}

/** store_uevent: writing an action to a device's uevent file sends that event again. */
function writePseudo(call: Call, path: string, data: string): Outcome {
  if (path === RELOAD) return reloadMicrocode(call, data);
  const [, device] = /^\/sys\/devices\/virtual\/misc\/([^/]+)\/uevent$/.exec(path) ?? [];
  const found = Object.entries(call.kernel.misc).find(([, m]) => m.name === device);
  const action = data.trim();
  if (!/^(add|remove|change|move|online|offline)$/.test(action)) return { errno: 'EINVAL' };
  if (found) {
    const [minor, { name }] = found;
    const devpath = `/devices/virtual/misc/${name}`;
    announce(call.draft(), action, devpath, 'misc', miscProperties(Number(minor), name));
    return data.length;
  }
  const [, cpu] = /^\/sys(\/devices\/system\/cpu\/cpu\d+)\/uevent$/.exec(path) ?? [];
  if (cpu === undefined) return { errno: 'EACCES' };
  const node = pseudo(call.kernel, call.task, `/sys${cpu}/modalias`);
  announce(call.draft(), action, cpu, 'cpu', {
    DRIVER: 'processor',
    MODALIAS: node?.content.trim() ?? '',
  });
  return data.length;
}

function writeInode(
  call: Call,
  id: number,
  file: OpenFile & { kind: 'inode' },
  data: string,
): Outcome {
  if (!file.flags.includes('write')) return { errno: 'EBADF' };
  if (call.kernel.faults.noSpace) return { errno: 'ENOSPC' };
  const { kernel } = call;
  const inode = get(kernel.inodes, file.ino);
  if (inode === undefined) throw new Error(`inode ${file.ino} is open but does not exist`);
  const at = file.flags.includes('append') ? inode.content.length : file.offset;
  const old = inode.content;
  // At the end, where logs are written, nothing of the old text need be copied.
  const content =
    at === old.length ? old + data : old.slice(0, at) + data + old.slice(at + data.length);
  const written = { ...inode, content, mtime: call.now, ctime: call.now };
  const inodes = withThing(kernel.inodes, file.ino, written);
  const moved = withFile(kernel, id, { ...file, offset: at + data.length });
  return { becomes: { ...moved, inodes }, answer: data.length, quiet: true };
}

/** write(2) itself. */
export function writeNow(call: Call, fd: number, data: string): Outcome {
  const open = fileOf(call, fd);
  if (open === null) return { errno: 'EBADF' };
  const { id, file } = open;
  switch (file.kind) {
    case 'inode':
      return writeInode(call, id, file, data);
    case 'pseudo':
      return writePseudo(call, file.path, data);
    case 'stream':
      return writeStream(call, file, data);
    case 'terminal': {
      const { kernel } = call;
      const terminal = kernel.terminals[file.tty];
      if (terminal === undefined) return data.length;
      const output = [...terminal.output, { stream: file.stream, text: data }];
      const terminals = { ...kernel.terminals, [file.tty]: { ...terminal, output } };
      return { becomes: { ...kernel, terminals }, answer: data.length };
    }
    case 'device':
      if (file.driver === 'full') return { errno: 'ENOSPC' };
      return file.driver === 'kvm' ? { errno: 'EINVAL' } : data.length;
    default:
      return { errno: 'EINVAL' };
  }
}
