/**
 * What a matching rule assigns: owner, mode, tags, properties, links, commands.
 *
 * Models: systemd v219 src/udev/udev-rules.c udev_rules_apply_to_event, TK_A_*; v252 udev_rule_apply_token_to_event, TK_A_*
 * Leaves out: OPTIONS="watch" (no inotify here), SECLABEL beyond being listed.
 */
import type { Sys } from '../kernel/program.ts';
import { replaceChars } from './chars.ts';
import { addTag, clearTags, propertiesOf, removeTag, setProperty } from './device.ts';
import { isFinal, note, noteRule, octal, type Place, type UdevEvent } from './event.ts';
import { priorityNamed } from './log.ts';
import { lookUp, numberError, parseMode, readNames, strtoul } from './numbers.ts';
import type { Token } from './rule.ts';
import { LINE_SIZE, NAME_SIZE, PATH_SIZE, substitute } from './substitute.ts';
import { writeAttribute } from './writeAttribute.ts';

type Assign = (event: UdevEvent, token: Token, place: Place) => Sys<void>;

const setId = (event: UdevEvent, kind: 'user' | 'group', id: number) => {
  if (kind === 'user') event.uid = id;
  else event.gid = id;
};

/** OWNER and GROUP with a number, or with a name that was looked up when the rules were loaded. */
const ownerId: Assign = function* (event, token, place) {
  const kind = token.type === 'set OWNER_ID' ? 'user' : 'group';
  if (isFinal(event, kind === 'user' ? 'owner' : 'group', token.op)) return;
  setId(event, kind, token.number ?? 0);
  noteRule(event, place, 'debug', `${kind === 'user' ? 'OWNER' : 'GROUP'} ${token.number}`);
};

/** OWNER and GROUP with a substitution: looked up now. v219 makes an unknown one root's. */
const ownerName: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  const kind = token.type === 'set OWNER' ? 'user' : 'group';
  const key = kind === 'user' ? 'OWNER' : 'GROUP';
  if (isFinal(event, kind === 'user' ? 'owner' : 'group', token.op)) return;
  const { text, truncated } = yield* substitute(event, token.value, NAME_SIZE);
  if (truncated && !v219) {
    const what = `The ${kind} name '${text}' is truncated while substituting into '${token.value}'`;
    noteRule(event, place, 'warning', `${what}, refusing to apply the ${key} key.`);
    return;
  }
  const names = yield* readNames();
  const id = lookUp(kind, text, names, v219 ? 'unknown' : 'allowed');
  if (id !== null || v219) setId(event, kind, id ?? 0);
  if (id === null) {
    if (v219) note(event, 'err', `specified ${kind} '${text}' unknown`);
    else noteRule(event, place, 'err', `Unknown ${kind} '${text}', ignoring`);
  }
  if (v219) noteRule(event, place, 'debug', `${key} ${id ?? 0}`);
  else if (id !== null) noteRule(event, place, 'debug', `${key} ${text}(${id})`);
};

const modeId: Assign = function* (event, token, place) {
  if (isFinal(event, 'mode', token.op)) return;
  event.mode = token.number;
  noteRule(event, place, 'debug', `MODE ${octal(token.number ?? 0)}`);
};

const modeText: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  if (event.finals.has('mode')) return;
  // v252 closes the key even when the mode turns out to be none.
  if (!v219) isFinal(event, 'mode', token.op);
  const { text } = yield* substitute(event, token.value, NAME_SIZE);
  const mode = v219 ? strtoul(text, 8) : parseMode(text);
  if (typeof mode !== 'number') {
    if (mode === null) note(event, 'err', `ignoring invalid mode '${text}'`);
    else {
      const what = `Failed to parse mode '${text}', ignoring: ${numberError(mode)}`;
      noteRule(event, place, 'err', what);
    }
    return;
  }
  if (v219) isFinal(event, 'mode', token.op);
  event.mode = mode;
  noteRule(event, place, 'debug', `MODE ${octal(mode)}`);
};

const tag: Assign = function* (event, token, place) {
  const { device } = event;
  const { text } = yield* substitute(event, token.value, PATH_SIZE);
  if (token.op === '=' || token.op === ':=') clearTags(device);
  if (!/^[A-Za-z0-9_-]*$/.test(text)) {
    // v219 complains and adds it all the same.
    if (event.switches.version === 219) note(event, 'err', `ignoring invalid tag name '${text}'`);
    else {
      noteRule(event, place, 'err', `Invalid tag name '${text}', ignoring`);
      return;
    }
  }
  if (token.op === '-=') removeTag(device, text);
  else addTag(device, text);
};

const property: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  const { device } = event;
  const name = token.attr ?? '';
  if (token.value === '') {
    if (token.op !== '+=') setProperty(device, name, null);
    return;
  }
  const before = token.op === '+=' ? propertiesOf(device).get(name) : undefined;
  const head = before === undefined ? '' : `${before} `;
  const found = yield* substitute(event, token.value, Math.max(1, NAME_SIZE - head.length));
  if (found.truncated && !v219) {
    const what = `The property value '${found.text}' is truncated while substituting into '${token.value}'`;
    noteRule(event, place, 'warning', `${what}, refusing to add property '${name}'.`);
    return;
  }
  const replaces = !v219 && event.escaping === 'replace';
  const replaced = replaces ? replaceChars(found.text, '') : { text: found.text, count: 0 };
  if (replaced.count > 0) {
    const what = `ENV{${name}}${token.op === '+=' ? '+' : ''}="${token.value}"`;
    noteRule(event, place, 'debug', `Replaced ${replaced.count} slash(es) from result of ${what}`);
  }
  setProperty(device, name, head + replaced.text);
};

const netName: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  const { device } = event;
  if (isFinal(event, 'name', token.op)) return;
  if (!v219 && device.ifindex === null) {
    const what = `Only network interfaces can be renamed, ignoring NAME="${token.value}".`;
    noteRule(event, place, 'err', what);
    return;
  }
  const { text } = yield* substitute(event, token.value, PATH_SIZE);
  const escapes = event.escaping !== 'none';
  const { text: name } = escapes ? replaceChars(text, '/') : { text };
  if (v219 && device.devnum && device.devnode !== `/dev/${name}`) {
    const what = `NAME="${token.value}" ignored, kernel device nodes can not be renamed; please fix it in`;
    note(event, 'err', `${what} ${place.path}:${place.line}\n`);
    return;
  }
  event.name = name;
  noteRule(event, place, 'debug', `NAME '${name}'`);
};

const symlink: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  const { device, escaping } = event;
  if (event.finals.has('symlink') || !device.devnum) return;
  isFinal(event, 'symlink', token.op);
  if (token.op === '=' || token.op === ':=') device.devlinks.clear();
  const blanks = !v219 && escaping !== 'none' ? 'replace' : 'keep';
  const { text } = yield* substitute(event, token.value, PATH_SIZE, blanks);
  const allow = escaping === 'unset' ? '/ ' : '/';
  const replaced = escaping === 'none' ? { text, count: 0 } : replaceChars(text, allow);
  if (replaced.count > 0) {
    if (v219) note(event, 'debug', `${replaced.count} character(s) replaced`);
    else {
      const what = `Replaced ${replaced.count} character(s) from result of SYMLINK="${token.value}"`;
      noteRule(event, place, 'debug', what);
    }
  }
  for (const link of replaced.text.trimStart().split(/ \s*/)) {
    if (link === '') continue;
    device.devlinks.add(`/dev/${link}`);
    noteRule(event, place, 'debug', `LINK '${link}'`);
  }
};

const run: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  if (!v219 && isFinal(event, 'run', token.op)) return;
  if (token.op === '=' || token.op === ':=') event.run = [];
  const text = v219 ? token.value : (yield* substitute(event, token.value, LINE_SIZE)).text;
  event.run.push({ text, builtin: token.type === 'set RUN{builtin}' });
  noteRule(event, place, 'debug', `RUN '${token.value}'`);
};

const seclabel: Assign = function* (event, token, place) {
  const v219 = event.switches.version === 219;
  const name = token.attr ?? '';
  const text = v219 ? token.value : (yield* substitute(event, token.value, LINE_SIZE)).text;
  const label = text === '' ? token.value : text;
  if (token.op === '=' || (v219 && token.op === ':=')) event.seclabels = [];
  event.seclabels.push([name, label]);
  noteRule(event, place, 'debug', `SECLABEL{${name}}='${label}'`);
};

/** OPTIONS. v252 tells when the level becomes debug in the middle of an event. */
const option: Assign = function* (event, token) {
  if (token.type === 'set log_level') {
    const before = event.limit;
    event.limit = priorityNamed(token.value) ?? event.defaultLimit;
    const { action, properties } = event.device;
    const which = `(SEQNUM=${properties.get('SEQNUM') ?? 0}, ACTION=${action})`;
    if (event.limit === 'debug' && before !== 'debug' && event.defaultLimit !== 'debug') {
      const what = "The log level is changed to 'debug' while processing device";
      note(event, 'debug', `${what} ${which}`);
    }
  }
  if (token.type === 'set string_escape=none') event.escaping = 'none';
  if (token.type === 'set string_escape=replace') event.escaping = 'replace';
  if (token.type === 'set db_persist') event.device.dbPersist = true;
  if (token.type === 'set link_priority') event.device.linkPriority = token.number ?? 0;
};

const assigns: Readonly<Record<string, Assign>> = {
  'set OWNER_ID': ownerId,
  'set GROUP_ID': ownerId,
  'set OWNER': ownerName,
  'set GROUP': ownerName,
  'set MODE_ID': modeId,
  'set MODE': modeText,
  'set TAG': tag,
  'set ENV': property,
  'set NAME': netName,
  'set SYMLINK': symlink,
  'set RUN{builtin}': run,
  'set RUN{program}': run,
  'set SECLABEL': seclabel,
  'set ATTR': writeAttribute,
  'set SYSCTL': writeAttribute,
};

export function* assign(event: UdevEvent, token: Token, place: Place): Sys<void> {
  yield* (assigns[token.type] ?? option)(event, token, place);
}
