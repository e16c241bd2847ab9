/**
 * The rules, tried one after the other on an event.
 *
 * Models: systemd v219 src/udev/udev-rules.c udev_rules_apply_to_event, match_attr;
 *   v252 udev_rules_apply_to_event, udev_rule_apply_line_to_event, udev_rule_apply_parent_token_to_event,
 *   udev_rule_apply_token_to_event, token_match_attr
 *
 * The keys with an S must all hold for one and the same device: the event's own, or one of its ancestors.
 * An attribute that is missing never matches, not even with `!=`.
 */

import { failed, strerror } from '../kernel/errno.ts';
import { own as ownEntry } from '../kernel/own.ts';
import type { Sys } from '../kernel/program.ts';
import { nanosleep, readFile, stat, uname } from '../libc/sys.ts';
import { assign } from './assign.ts';
import { readDb } from './database.ts';
import { type Device, driverOf, parentOf, propertiesOf, syspathOf } from './device.ts';
import { noteRule, type Place, type UdevEvent } from './event.ts';
import { matchImport, matchProgram } from './imports.ts';
import { someMatches, tokenMatches } from './match.ts';
import { isForParents, type Rule, type RulesFile, type Token } from './rule.ts';
import { NAME_SIZE, PATH_SIZE, substitute } from './substitute.ts';
import { namedPath, namedValue, subsysKernel, sysattr, withSubdirectory } from './sysattr.ts';
import { normalizeSysctl } from './writeAttribute.ts';

const own = (event: UdevEvent, token: Token, text: string | null): boolean =>
  tokenMatches(token, text, event.switches);

function* matchAttr(event: UdevEvent, device: Device, token: Token): Sys<boolean> {
  const name = token.attr ?? '';
  const named = subsysKernel(name);
  const plain = named ? name : (yield* substitute(event, name, NAME_SIZE)).text;
  const value = named ? yield* namedValue(event, named) : yield* sysattr(device, plain);
  if (value === null) return false;
  const keepsBlanks = token.value === '' || /\s$/.test(token.value);
  return own(event, token, keepsBlanks ? value : value.trimEnd());
}

/** v219: an operator `!=` holds whatever the tags are. */
function matchTag(event: UdevEvent, token: Token): boolean {
  const { device, switches } = event;
  if (switches.tagNomatch === 'always-holds') {
    return token.op === '!=' || device.tags.has(token.value);
  }
  return someMatches(token, device.tags, switches) === (token.op === '==');
}

/** TAGS of an ancestor: what the database knows of it. v219 may compare another key's value. */
function* matchTags(
  event: UdevEvent,
  device: Device,
  token: Token,
  firstValue: string,
): Sys<boolean> {
  if (device !== event.device) yield* readDb(device);
  if (event.switches.version !== 219) {
    return someMatches(token, device.tags, event.switches) === (token.op === '==');
  }
  const value = event.switches.parentTags === 'first-key' ? firstValue : token.value;
  return device.tags.has(value) === (token.op === '==');
}

function* matchTest(event: UdevEvent, token: Token): Sys<boolean> {
  const { text } = yield* substitute(event, token.value, PATH_SIZE);
  const named = subsysKernel(text);
  const found = named ? yield* namedPath(event, named) : null;
  const path = found ?? (text.startsWith('/') ? text : `${syspathOf(event.device)}/${text}`);
  const file = yield* withSubdirectory(path);
  const seen = file === null ? null : yield* stat(file);
  if (seen === null || failed(seen)) return token.op === '!=';
  const mask = token.number ?? 0;
  const asked = token.number !== null && (event.switches.version !== 219 || mask > 0);
  return (!asked || (seen.mode & mask) > 0) === (token.op === '==');
}

function* matchSysctl(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const { text } = yield* substitute(event, token.attr ?? '', PATH_SIZE);
  const value = yield* readFile(`/proc/sys/${normalizeSysctl(text)}`);
  if (failed(value) && value.errno !== 'ENOENT') {
    noteRule(event, place, 'err', `Failed to read sysctl '${text}': ${strerror(value.errno)}`);
    return false;
  }
  return own(event, token, failed(value) ? null : value.trim());
}

/** CONST{virt}: the host of this laboratory is bare metal. */
function* matchConst(event: UdevEvent, token: Token): Sys<boolean> {
  const { machine } = yield* uname();
  const arch = machine.replace('x86_64', 'x86-64');
  return own(event, token, token.attr === 'arch' ? arch : 'none');
}

/** wait_for_file: ten seconds, fifty looks a second. */
function* waitFor(event: UdevEvent, token: Token): Sys<boolean> {
  const { text } = yield* substitute(event, token.value, PATH_SIZE);
  const path = text.startsWith('/') ? text : `${syspathOf(event.device)}/${text}`;
  for (let look = 1; look < 500; look++) {
    if (!failed(yield* stat(path))) return true;
    yield* nanosleep(20);
  }
  return false;
}

function* matchParentToken(
  event: UdevEvent,
  device: Device,
  token: Token,
  firstValue: string,
): Sys<boolean> {
  switch (token.type) {
    case 'KERNELS':
      return own(event, token, device.sysname);
    case 'SUBSYSTEMS':
      return own(event, token, device.subsystem);
    case 'DRIVERS':
      return own(event, token, yield* driverOf(device));
    case 'TAGS':
      return yield* matchTags(event, device, token, firstValue);
    default:
      return yield* matchAttr(event, device, token);
  }
}

/** One device that fits all keys of the sequence; it stays in event.parent for %b, %d and $attr. */
function* matchParents(event: UdevEvent, tokens: readonly Token[]): Sys<boolean> {
  const firstValue = tokens[0]?.value ?? '';
  event.parent = event.device;
  while (event.parent) {
    let fits = true;
    for (const token of tokens) {
      fits = yield* matchParentToken(event, event.parent, token, firstValue);
      if (!fits) break;
    }
    if (fits) return true;
    event.parent = yield* parentOf(event.parent);
  }
  return false;
}

function* matchToken(event: UdevEvent, token: Token, place: Place): Sys<boolean> {
  const { device } = event;
  switch (token.type) {
    case 'ACTION':
      return own(event, token, device.action);
    case 'DEVPATH':
      return own(event, token, device.devpath);
    case 'KERNEL':
      return own(event, token, device.sysname);
    case 'SUBSYSTEM':
      return own(event, token, device.subsystem);
    case 'DRIVER':
      return own(event, token, yield* driverOf(device));
    case 'NAME':
      return own(event, token, event.name);
    case 'RESULT':
      return own(event, token, event.result);
    case 'ENV': {
      const name = token.attr ?? '';
      return own(
        event,
        token,
        propertiesOf(device).get(name) ?? ownEntry(event.globals, name) ?? null,
      );
    }
    case 'SYMLINK': {
      const links = [...device.devlinks].map((link) => link.slice('/dev/'.length));
      if (event.switches.version === 219) return links.some((link) => own(event, token, link));
      return symlinkHolds252(event, token, links);
    }
    case 'TAG':
      return matchTag(event, token);
    case 'ATTR':
      return yield* matchAttr(event, device, token);
    case 'SYSCTL':
      return yield* matchSysctl(event, token, place);
    case 'CONST':
      return yield* matchConst(event, token);
    case 'WAIT_FOR':
      return yield* waitFor(event, token);
    case 'TEST':
      return yield* matchTest(event, token);
    case 'PROGRAM':
      return yield* matchProgram(event, token, place);
    default:
      return yield* matchImport(event, token, place);
  }
}

/**
 * `SYMLINK=="?*"` is kept as "not empty", an operator `!=`: then a device without any link holds too.
 * (rule_line_add_token turns the operator around, and TK_M_DEVLINK looks at the turned one.)
 */
function symlinkHolds252(event: UdevEvent, token: Token, links: readonly string[]): boolean {
  const turned: Token =
    token.value === '?*' ? { ...token, value: '', op: token.op === '==' ? '!=' : '==' } : token;
  return someMatches(turned, links, event.switches) === (turned.op === '==');
}

/** Rules that only concern a node are passed over for `remove` and for devices without one. */
function applies(event: UdevEvent, rule: Rule): boolean {
  const { device, switches } = event;
  const removed = device.action === 'remove';
  if (switches.version === 219) {
    const named = !removed && (device.devnum !== null || (device.ifindex ?? 0) > 0);
    return named || !rule.traits.includes('node');
  }
  return rule.traits.some(
    (trait) =>
      trait === 'goto' ||
      trait === 'update' ||
      (trait === 'node' && !removed && device.devnum !== null) ||
      (trait === 'name' && !removed && device.ifindex !== null),
  );
}

/** True when every token held, and so was carried out. */
function* applyRule(event: UdevEvent, rule: Rule, place: Place): Sys<boolean> {
  event.escaping = 'unset';
  const parents = rule.tokens.filter((token) => isForParents(token.type));
  let parentsDone = false;
  for (const token of rule.tokens) {
    if (isForParents(token.type)) {
      if (!parentsDone && !(yield* matchParents(event, parents))) return false;
      parentsDone = true;
    } else if (token.type.startsWith('set ')) {
      yield* assign(event, token, place);
    } else if (!(yield* matchToken(event, token, place))) {
      return false;
    }
  }
  return true;
}

export function* applyRules(event: UdevEvent, files: readonly RulesFile[]): Sys<void> {
  for (const { path, rules } of files) {
    for (let i = 0; i < rules.length; ) {
      const rule = rules[i];
      if (!rule) break;
      const done =
        applies(event, rule) && (yield* applyRule(event, rule, { path, line: rule.line }));
      i = done && rule.goto !== null ? rule.goto : i + 1;
    }
  }
}
