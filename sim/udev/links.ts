/**
 * Links to device nodes: /dev/char/10:232 always, SYMLINK's names by priority.
 *
 * Models: systemd v219 src/udev/udev-node.c node_symlink, link_update, link_find_prioritized, udev_node_update_old_links,
 *   udev_node_remove; v252 node_symlink, link_update, stack_directory_find_prioritized_devnode, udev_node_update
 * Leaves out: by-diskseq links, locks on the stack directories, the hash of names longer than 255 bytes.
 *
 * Several devices may claim a link: /run/udev/links has a directory for each link with an entry for each
 * claimant, and the highest link_priority gets it.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, lstat, readDir, readlink, rename, rmdir, symlink, unlink } from '../libc/sys.ts';
import { encodePath } from './chars.ts';
import { mkdirParents, readDb, writeBelow } from './database.ts';
import { deviceOfSyspath, idOf, listed } from './device.ts';
import { note, type UdevEvent } from './event.ts';

const SOURCE = 'systemd src/udev/udev-node.c node_symlink';

/** The target of a link, relative to where it stands. */
export function relativeTo(link: string, node: string): string {
  const from = link.split('/').filter((part) => part !== '');
  const to = node.split('/').filter((part) => part !== '');
  let same = 0;
  while (same < from.length - 1 && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same + 1).map(() => '..'), ...to.slice(same)].join('/');
}

function* makeLink(target: string, path: string): Sys<string | null> {
  let made = yield* symlink(target, path);
  if (failed(made) && made.errno === 'ENOENT') {
    yield* mkdirParents(path);
    made = yield* symlink(target, path);
  }
  return failed(made) ? strerror(made.errno) : null;
}

function* replaceLink(event: UdevEvent, target: string, link: string): Sys<string | null> {
  const temporary = `${link}.tmp-${idOf(event.device)}`;
  yield* unlink(temporary, SOURCE);
  const error = yield* makeLink(target, temporary);
  if (error !== null) return error;
  const moved = yield* rename(temporary, link);
  return failed(moved) ? strerror(moved.errno) : null;
}

function* nodeSymlink219(event: UdevEvent, node: string, link: string): Sys<void> {
  const target = relativeTo(link, node);
  const seen = yield* lstat(link);
  if (failed(seen)) {
    note(event, 'debug', `creating symlink '${link}' to '${target}'`);
    if ((yield* makeLink(target, link)) === null) return;
  } else if (seen.type === 'block' || seen.type === 'char') {
    const what = `conflicting device node '${link}' found, link to '${node}' will not be created`;
    note(event, 'err', what);
    return;
  } else if (seen.type === 'symlink' && (yield* readlink(link)) === target) {
    note(event, 'debug', `preserve already existing symlink '${link}' to '${target}'`);
    return;
  }
  note(event, 'debug', `atomically replace '${link}'`);
  yield* replaceLink(event, target, link);
}

/** Null, or the reason that the caller's warning gives. */
function* nodeSymlink252(event: UdevEvent, node: string, link: string): Sys<string | null> {
  const seen = yield* lstat(link);
  if (!failed(seen) && seen.type !== 'symlink') {
    const what = `Conflicting inode '${link}' found, symlink to '${node}' will not be created.`;
    note(event, 'debug', what);
    return strerror('EEXIST');
  }
  const error = yield* replaceLink(event, relativeTo(link, node), link);
  if (error === null) note(event, 'debug', `Successfully created symlink '${link}' to '${node}'`);
  else note(event, 'debug', `Failed to create symlink '${link}' to '${node}': ${error}`);
  return error;
}

type Claim = Readonly<{ node: string; priority: number }>;

/** Another device's claim, from its entry in the stack directory. */
function* claimOf(event: UdevEvent, directory: string, id: string): Sys<Claim | null> {
  if (event.switches.version !== 219) {
    const text = yield* readlink(`${directory}/${id}`);
    const [, priority = '', node = ''] = failed(text) ? [] : (/^(-?\d+):(.*)$/.exec(text) ?? []);
    if (node === '' || failed(yield* access(node, 0))) return null;
    return { node, priority: Number(priority) };
  }
  const kind = id.startsWith('b') ? 'block' : 'char';
  const other = yield* deviceOfSyspath(`/sys/dev/${kind}/${id.slice(1)}`, event.switches);
  if (!other?.devnode) return null;
  yield* readDb(other);
  return { node: other.devnode, priority: other.linkPriority };
}

/** Who gets the link: this device, if it claims it at all, unless another has a higher priority. */
function* winner(event: UdevEvent, directory: string, add: boolean): Sys<string | null> {
  const { device } = event;
  let best: Claim | null =
    add && device.devnode ? { node: device.devnode, priority: device.linkPriority } : null;
  const names = yield* readDir(directory);
  for (const id of failed(names) ? [] : names) {
    if (id.startsWith('.') || id === idOf(device)) continue;
    const claim = yield* claimOf(event, directory, id);
    if (claim && (best === null || claim.priority > best.priority)) best = claim;
  }
  return best?.node ?? null;
}

function* removeLink(link: string): Sys<void> {
  yield* unlink(link, 'systemd src/udev/udev-node.c link_update');
  for (let path = link; ; ) {
    path = path.slice(0, path.lastIndexOf('/'));
    if (path === '/dev' || path === '' || failed(yield* rmdir(path))) return;
  }
}

function* linkUpdate219(event: UdevEvent, link: string, add: boolean): Sys<void> {
  const directory = `/run/udev/links/${encodePath(link.slice('/dev'.length))}`;
  const entry = `${directory}/${idOf(event.device)}`;
  if (!add && !failed(yield* unlink(entry))) yield* rmdir(directory);
  const node = yield* winner(event, directory, add);
  if (node === null) {
    note(event, 'debug', `no reference left, remove '${link}'`);
    yield* removeLink(link);
  } else {
    note(event, 'debug', `creating link '${link}' to '${node}'`);
    yield* nodeSymlink219(event, node, link);
  }
  const source = 'systemd v219 src/udev/udev-node.c link_update';
  if (add) yield* writeBelow(entry, '', 0o444, source);
}

function* linkUpdate252(event: UdevEvent, link: string, add: boolean): Sys<string | null> {
  const { device } = event;
  const parts = link.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) {
    const reason = strerror('EINVAL');
    note(event, 'debug', `Failed to build stack directory name for '${link}': ${reason}`);
    return reason;
  }
  const directory = `/run/udev/links/${encodePath(parts.slice(1).join('/'))}`;
  const entry = `${directory}/${idOf(device)}`;
  yield* unlink(entry);
  if (add) yield* makeLink(`${device.linkPriority}:${device.devnode}`, entry);
  const node = yield* winner(event, directory, add);
  if (node !== null) return yield* nodeSymlink252(event, node, link);
  note(event, 'debug', `No reference left for '${link}', removing`);
  yield* removeLink(link);
  return null;
}

/** One of SYMLINK's names, claimed or given back. */
function* linkUpdate(event: UdevEvent, link: string, add: boolean): Sys<void> {
  if (event.switches.version === 219) {
    yield* linkUpdate219(event, link, add);
    return;
  }
  const error = yield* linkUpdate252(event, link, add);
  const what = `${add ? 'create' : 'remove'}/update device symlink '${link}'`;
  if (error !== null) note(event, 'warning', `Failed to ${what}, ignoring: ${error}`);
}

const numberLink = (event: UdevEvent): string => {
  const { subsystem, devnum } = event.device;
  const kind = subsystem === 'block' ? 'block' : 'char';
  return `/dev/${kind}/${devnum?.[0]}:${devnum?.[1]}`;
};

export function* makeNumberLink(event: UdevEvent): Sys<void> {
  const node = event.device.devnode ?? '';
  if (event.switches.version === 219) yield* nodeSymlink219(event, node, numberLink(event));
  else yield* nodeSymlink252(event, node, numberLink(event));
}

/** Links that the device had before this event and has no longer. */
export function* dropOldLinks(event: UdevEvent): Sys<void> {
  const { device, old, switches } = event;
  for (const link of old ? listed(old.devlinks, switches) : []) {
    if (device.devlinks.has(link)) continue;
    const text219 = `update old name, '${link}' no longer belonging to '${device.devpath}'`;
    const text252 = `Removing/updating old device symlink '${link}', which is no longer belonging to this device.`;
    note(event, 'debug', switches.version === 219 ? text219 : text252);
    yield* linkUpdate(event, link, false);
  }
}

export function* makeLinks(event: UdevEvent): Sys<void> {
  for (const link of listed(event.device.devlinks, event.switches)) {
    yield* linkUpdate(event, link, true);
  }
}

export function* removeLinks(event: UdevEvent): Sys<void> {
  for (const link of listed(event.device.devlinks, event.switches)) {
    yield* linkUpdate(event, link, false);
  }
  yield* unlink(numberLink(event), 'systemd v219 src/udev/udev-node.c udev_node_remove');
}
