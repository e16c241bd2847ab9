/**
 * OPTIONS+="static_node=...": rights for nodes that exist before their driver is loaded.
 *
 * Models: systemd v219 src/udev/udev-rules.c udev_rules_apply_static_dev_perms;
 *   v252 udev_rule_line_apply_static_dev_perms, src/udev/udev-node.c static_node_apply_permissions
 *
 * Done once, when udevd starts, and for every node of that name, dead or alive. So a restart of udevd
 * does to /dev/kvm what a trigger does, as far as 80-kvm.rules goes.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { Stat } from '../kernel/request.ts';
import { chmod, chown, stat, symlink, utimensat } from '../libc/sys.ts';
import { mkdirParents } from './database.ts';
import { octal } from './event.ts';
import { type Log, say } from './log.ts';
import { chmodAndChown, differ252, upgraded } from './nodePermissions.ts';
import { INVALID_ID } from './numbers.ts';
import type { Rule, RulesFile } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

const SOURCE = 'systemd v219 src/udev/udev-rules.c udev_rules_apply_static_dev_perms';
const SOURCE_252 = 'systemd v252 src/udev/udev-node.c static_node_apply_permissions';

/** xescape with "/." */
const escaped = (name: string): string =>
  name.replace(/[/.\\]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`);

/** What one rule wants of one static node. Null: the rule does not say. */
type StaticNode = Readonly<{
  path: string;
  name: string;
  tags: readonly string[];
  uid: number | null;
  gid: number | null;
  mode: number | null;
}>;

const known = (id: number | null) => (id === INVALID_ID ? null : id);

/** Owner, group, mode and tags stand before the node in the token order. */
export function staticNodes(rule: Rule): StaticNode[] {
  const last = (type: string) => rule.tokens.findLast((t) => t.type === type)?.number ?? null;
  const tags = rule.tokens.filter((t) => t.type === 'set TAG').map((t) => t.value);
  return rule.tokens
    .filter((t) => t.type === 'set static_node')
    .map(({ value: name }) => ({
      path: `/dev/${name}`,
      name,
      tags,
      uid: known(last('set OWNER_ID')),
      gid: known(last('set GROUP_ID')),
      mode: last('set MODE_ID'),
    }));
}

/** "export the tags to a directory as symlinks, allowing otherwise dead nodes to be tagged" */
function* exportTags(node: StaticNode): Sys<void> {
  for (const tag of node.tags) {
    const link = `/run/udev/static_node-tags/${tag}/${escaped(node.name)}`;
    const made = yield* symlink(node.path, link);
    if (!failed(made) || made.errno !== 'ENOENT') continue;
    yield* mkdirParents(link);
    yield* symlink(node.path, link);
  }
}

function* apply219(node: StaticNode, seen: Stat, log: Log): Sys<void> {
  const { path } = node;
  const uid = node.uid ?? 0;
  const gid = node.gid ?? 0;
  if (!node.mode && uid === 0 && gid === 0) return;
  const mode = node.mode || (gid > 0 ? 0o660 : 0o600);
  if (mode !== (seen.mode & 0o1777)) {
    const changed = yield* chmod(path, mode, SOURCE);
    if (failed(changed)) {
      say(log, 'err', `failed to chmod '${path}' ${octal(mode)}`);
      return;
    }
    say(log, 'debug', `chmod '${path}' ${octal(mode)}`);
  }
  if ((uid !== 0 && uid !== seen.uid) || (gid !== 0 && gid !== seen.gid)) {
    const changed = yield* chown(path, uid, gid, SOURCE);
    if (failed(changed)) {
      say(log, 'err', `failed to chown '${path}' ${uid} ${gid} `);
      return;
    }
    say(log, 'debug', `chown '${path}' ${uid} ${gid}`);
  }
  yield* utimensat(path, null, null, SOURCE);
}

function* apply252(node: StaticNode, seen: Stat, log: Log): Sys<void> {
  const wish = upgraded(node);
  if (differ252(seen, wish)) {
    const ids = `uid=${wish.uid ?? seen.uid}, gid=${wish.gid ?? seen.gid}`;
    const mode = octal((wish.mode ?? seen.mode) & 0o777);
    say(log, 'debug', `Setting permissions ${node.path}, ${ids}, mode=${mode}`);
    const error = yield* chmodAndChown(node.path, seen, wish, SOURCE_252);
    const what = `${node.path} to ${ids}, mode=${mode}`;
    if (error !== null) say(log, 'err', `Failed to set owner/mode of ${what}: ${error}`);
  }
  yield* utimensat(node.path, null, null, SOURCE_252);
}

function* applyNode(node: StaticNode, switches: UdevSwitches, log: Log): Sys<void> {
  const says =
    switches.version === 219
      ? node.mode || node.uid || node.gid
      : (node.mode ?? node.uid ?? node.gid) !== null;
  if (!says && node.tags.length === 0) return;
  const seen = yield* stat(node.path);
  if (failed(seen)) {
    if (switches.version !== 219 && seen.errno !== 'ENOENT') {
      say(log, 'err', `Failed to open ${node.path}: ${strerror(seen.errno)}`);
    }
    return;
  }
  if (seen.type !== 'block' && seen.type !== 'char') {
    const text = `${node.path} is neither block nor character device, ignoring.`;
    if (switches.version !== 219) say(log, 'warning', text);
    return;
  }
  yield* exportTags(node);
  if (switches.version === 219) yield* apply219(node, seen, log);
  else yield* apply252(node, seen, log);
}

export function* applyStaticNodes(
  files: readonly RulesFile[],
  switches: UdevSwitches,
  log: Log,
): Sys<void> {
  for (const { rules } of files) {
    for (const rule of rules) {
      if (!rule.traits.includes('static')) continue;
      for (const node of staticNodes(rule)) yield* applyNode(node, switches, log);
    }
  }
}
