/**
 * The keys of the v252 rules language.
 *
 * Models: systemd v252 src/udev/udev-rules.c parse_token
 *
 * Most mistakes cost the whole line. A few are forgiven: `MODE+=` is taken for `MODE=`, an unknown
 * OPTIONS value is passed over, a bad substitution is only warned of (and then fails in every event).
 */
import { jump, mode, options, owner, run, seclabel } from './assignKeys252.ts';
import type { Handler } from './check252.ts';
import { complain, type Draft } from './draft.ts';
import {
  attrOrSysctl,
  attrs,
  constant,
  env,
  importKey,
  matchOnly,
  name,
  program,
  symlink,
  tag,
  test,
} from './matchKeys252.ts';
import type { Pair } from './pair.ts';

const handlers: Readonly<Record<string, Handler>> = {
  ACTION: matchOnly,
  DEVPATH: matchOnly,
  KERNEL: matchOnly,
  SUBSYSTEM: matchOnly,
  DRIVER: matchOnly,
  KERNELS: matchOnly,
  SUBSYSTEMS: matchOnly,
  DRIVERS: matchOnly,
  TAGS: matchOnly,
  RESULT: matchOnly,
  SYMLINK: symlink,
  NAME: name,
  ENV: env,
  CONST: constant,
  TAG: tag,
  ATTR: attrOrSysctl,
  SYSCTL: attrOrSysctl,
  ATTRS: attrs,
  TEST: test,
  PROGRAM: program,
  IMPORT: importKey,
  OPTIONS: options,
  OWNER: owner,
  GROUP: owner,
  MODE: mode,
  SECLABEL: seclabel,
  RUN: run,
  GOTO: jump,
  LABEL: jump,
};

/** False: the line is dropped. */
export function parsePair252(draft: Draft, pair: Pair): boolean {
  const handler = Object.hasOwn(handlers, pair.key) ? handlers[pair.key] : undefined;
  if (handler) return handler(draft, pair);
  complain(draft, `Invalid key '${pair.key}'`);
  return false;
}
