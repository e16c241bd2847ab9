/**
 * An event from its rules to its commands.
 *
 * Models: systemd v219 src/udev/udev-event.c udev_event_execute_rules, udev_event_execute_run;
 *   v252 udev_event_execute_rules, event_execute_rules_on_remove, update_devnode, udev_event_execute_run
 * Leaves out: renaming network interfaces.
 *
 * Mode and owner come first, RUN comes last: within one event the ACL of uaccess always meets a node
 * that has its group already. The trouble needs two events with a login between them.
 */
import type { Sys } from '../kernel/program.ts';
import { applyRules } from './apply.ts';
import { runBuiltin } from './builtinRun.ts';
import { lookUpBuiltin } from './builtins.ts';
import { deleteDb, dropFromTagIndex, readDb, setUsec, tagIndex, updateDb } from './database.ts';
import type { Device } from './device.ts';
import { note, type UdevEvent } from './event.ts';
import { dropOldLinks, makeLinks, makeNumberLink, removeLinks } from './links.ts';
import { monotonic } from './monotonic.ts';
import { apply219, apply252 } from './nodePermissions.ts';
import type { RulesFile } from './rule.ts';
import { runProgram } from './spawn.ts';
import { LINE_SIZE, substitute } from './substitute.ts';

/** The same device without what rules have added: to be filled from the database. */
const shallowClone = (device: Device): Device => ({
  ...device,
  properties: new Map(),
  stored: new Set(),
  devlinks: new Set(),
  tags: new Set(),
  currentTags: new Set(),
  linkPriority: 0,
  usecInitialized: 0,
  attributes: new Map(),
});

function* onRemove(event: UdevEvent, rules: readonly RulesFile[]): Sys<void> {
  const { device } = event;
  yield* readDb(device);
  if (event.switches.version === 219) yield* deleteDb(device);
  yield* dropFromTagIndex(device);
  if (event.switches.version !== 219) yield* deleteDb(device);
  yield* applyRules(event, rules);
  if (device.devnum) yield* removeLinks(event);
}

/** False: v252 gives the event up. */
function* updateNode(event: UdevEvent): Sys<boolean> {
  const { devnum, devnode } = event.device;
  if (!devnum || devnode === null) return true;
  if (event.switches.version === 219) {
    yield* dropOldLinks(event);
    if (!(yield* apply219(event, devnode))) return true;
    yield* makeNumberLink(event);
    yield* makeLinks(event);
  } else {
    if (!(yield* apply252(event, devnode))) return false;
    yield* dropOldLinks(event);
    yield* makeLinks(event);
    yield* makeNumberLink(event);
  }
  return true;
}

export function* executeRules(event: UdevEvent, rules: readonly RulesFile[]): Sys<void> {
  const { device, switches } = event;
  if (switches.version === 219 && device.subsystem === null) return;
  if (device.action === 'remove') {
    yield* onRemove(event, rules);
    return;
  }
  const old = shallowClone(device);
  yield* readDb(old);
  event.old = old;
  if (switches.tags === 'sticky') for (const tag of old.tags) device.tags.add(tag);
  yield* applyRules(event, rules);
  if (!(yield* updateNode(event))) return;
  if (old.usecInitialized > 0) setUsec(device, old.usecInitialized);
  else if (device.usecInitialized === 0) setUsec(device, yield* monotonic());
  if (switches.version === 219) {
    yield* updateDb(event);
    yield* tagIndex(device, old);
  } else {
    yield* tagIndex(device, old);
    yield* updateDb(event);
  }
}

function* runOne(event: UdevEvent, text: string, builtin: boolean): Sys<void> {
  const v252 = event.switches.version !== 219;
  if (builtin) {
    if (v252) note(event, 'debug', `Running built-in command "${text}"`);
    const found = lookUpBuiltin(text, event.switches);
    if (found !== null) yield* runBuiltin(event, found, text);
    return;
  }
  if (v252) note(event, 'debug', `Running command "${text}"`);
  const end = yield* runProgram(event, text, false);
  if (v252 && end && end.code > 0) {
    note(event, 'debug', `Command "${text}" returned ${end.code} (error), ignoring.`);
  }
}

/** The text of a RUN command as it is executed. v219 substitutes only now, when all rules have spoken. */
export function* runText(event: UdevEvent, text: string): Sys<string> {
  return event.switches.version === 219 ? (yield* substitute(event, text, LINE_SIZE)).text : text;
}

export function* executeRun(event: UdevEvent): Sys<void> {
  for (const command of event.run) {
    yield* runOne(event, yield* runText(event, command.text), command.builtin);
  }
}
