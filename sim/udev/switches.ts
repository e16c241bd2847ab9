/**
 * How udev differs between the versions that a host may run, each difference under a name.
 *
 * Models: systemd v219 (el7, rhel-7.7 branch) and v252 (Debian 12, v252-stable), src/udev/
 *
 * A program reads its host's switches from a file that the profile has placed; without the file it
 * behaves as el7 does.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';

export type UdevSwitches = Readonly<{
  /** What the tools print as their version; it also selects the texts of messages. */
  version: 219 | 252;
  /** Where rules are looked for; the first directory wins (CONF_PATHS_STRV). */
  rulesDirs: readonly string[];
  /** `\"` and `e"..."` in values: v243 and v247 (udev_rule_parse_value). v219 has no escapes at all. */
  values: 'verbatim' | 'escapes';
  /** A bad KEY="value" ends the line (add_rule's break) or drops it (rule_add_line). */
  badPair: 'keeps-what-was-read' | 'drops-line';
  /** v219 udev_rules_apply_to_event TK_M_TAG: `TAG!="x"` holds whatever the tags are. */
  tagNomatch: 'always-holds' | 'negates';
  /** v219 compares every TAGS of a line with the value of the line's first parent key (`cur`, not `key`). */
  parentTags: 'first-key' | 'own-value';
  /** An OWNER or GROUP that nobody knows: 0 with the field set (add_gid), or left alone (rule_resolve_group). */
  unknownOwner: 'root' | 'unset';
  /** What an event does to mode and owner that no rule has set (udev_event_execute_rules, update_devnode). */
  unruledAdd: 'forces-default' | 'leaves-alone';
  /** Tags of earlier events: forgotten, or kept in TAGS beside CURRENT_TAGS (v247, copy_all_tags). */
  tags: 'per-event' | 'sticky';
  /** Property lists: sorted by name (udev_list unique) or in the order they were set. */
  properties: 'sorted' | 'as-set';
  /** `control --reload`: a flag until the next event, or a reload at once (manager_reload). */
  reload: 'at-next-event' | 'at-once';
  /** Changed rules show in the directories' mtimes (paths_check_timestamp) or in the files' stats. */
  changedRules: 'directory-mtime' | 'file-stat';
}>;

export const systemd219: UdevSwitches = {
  version: 219,
  rulesDirs: ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/lib/udev/rules.d'],
  values: 'verbatim',
  badPair: 'keeps-what-was-read',
  tagNomatch: 'always-holds',
  parentTags: 'first-key',
  unknownOwner: 'root',
  unruledAdd: 'forces-default',
  tags: 'per-event',
  properties: 'sorted',
  reload: 'at-next-event',
  changedRules: 'directory-mtime',
};

export const systemd252: UdevSwitches = {
  version: 252,
  rulesDirs: [
    '/etc/udev/rules.d',
    '/run/udev/rules.d',
    '/usr/local/lib/udev/rules.d',
    '/usr/lib/udev/rules.d',
  ],
  values: 'escapes',
  badPair: 'drops-line',
  tagNomatch: 'negates',
  parentTags: 'own-value',
  unknownOwner: 'unset',
  unruledAdd: 'leaves-alone',
  tags: 'sticky',
  properties: 'as-set',
  reload: 'at-once',
  changedRules: 'file-stat',
};

export const SWITCHES_FILE = '/usr/lib/kvmlab/udev.json';

export function* readSwitches(): Sys<UdevSwitches> {
  const text = yield* readFile(SWITCHES_FILE);
  return failed(text) ? systemd219 : (JSON.parse(text) as UdevSwitches);
}
