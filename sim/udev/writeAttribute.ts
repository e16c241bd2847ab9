/**
 * Rules that write: `ATTR{power/control}="on"`, `SYSCTL{kernel/hostname}="x"`.
 *
 * Models: systemd v219 src/udev/udev-rules.c TK_A_ATTR; v252 TK_A_ATTR, TK_A_SYSCTL, src/basic/sysctl-util.c
 *   sysctl_normalize, sysctl_write
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { close, open, write } from '../libc/sys.ts';
import { syspathOf } from './device.ts';
import { note, noteRule, type Place, sayOf, type UdevEvent } from './event.ts';
import type { Token } from './rule.ts';
import { NAME_SIZE, PATH_SIZE, substitute } from './substitute.ts';
import { namedPath, subsysKernel, withSubdirectory } from './sysattr.ts';

/** The first separator decides: `net.ipv4.conf/eth0.1` means net/ipv4/conf.eth0/1. */
export function normalizeSysctl(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== '.') return name;
  return name.replace(/[./]/g, (c) => (c === '.' ? '/' : '.'));
}

function* store(path: string, value: string): Sys<string | null> {
  const fd = yield* open(
    path,
    ['write', 'trunc'],
    0o666,
    'systemd src/udev/udev-rules.c TK_A_ATTR',
  );
  if (failed(fd)) return strerror(fd.errno);
  const written = yield* write(fd, value);
  yield* close(fd);
  return failed(written) ? strerror(written.errno) : null;
}

function* writeAttr(event: UdevEvent, token: Token, place: Place): Sys<void> {
  const v219 = event.switches.version === 219;
  const name = token.attr ?? '';
  const named = subsysKernel(name);
  const plain = `${syspathOf(event.device)}/${name}`;
  const path = (named && (yield* namedPath(event, named))) ?? plain;
  const file = yield* withSubdirectory(path);
  if (file === null && !v219) {
    const what = `Could not find file matches '${path}', ignoring: No such file or directory`;
    noteRule(event, place, 'err', what);
    return;
  }
  const { text } = yield* substitute(event, token.value, NAME_SIZE);
  noteRule(event, place, 'debug', `ATTR '${file ?? path}' writing '${text}'`);
  const error = yield* store(file ?? path, text);
  if (error === null) return;
  if (v219) note(event, 'err', `error opening ATTR{${file ?? path}} for writing: ${error}`);
  else noteRule(event, place, 'err', `Failed to write ATTR{${file}}, ignoring: ${error}`);
}

function* writeSysctl(event: UdevEvent, token: Token, place: Place): Sys<void> {
  const { text: key } = yield* substitute(event, token.attr ?? '', PATH_SIZE);
  const { text } = yield* substitute(event, token.value, NAME_SIZE);
  const name = normalizeSysctl(key);
  noteRule(event, place, 'debug', `SYSCTL '${name}' writing '${text}'`);
  sayOf(event, 'debug', `Setting '/proc/sys/${name}' to '${text}'`);
  const error = yield* store(`/proc/sys/${name}`, `${text}\n`);
  if (error !== null) {
    const what = `Failed to write SYSCTL{${name}}='${text}', ignoring: ${error}`;
    noteRule(event, place, 'err', what);
  }
}

export function* writeAttribute(event: UdevEvent, token: Token, place: Place): Sys<void> {
  if (token.type === 'set ATTR') yield* writeAttr(event, token, place);
  else yield* writeSysctl(event, token, place);
}
