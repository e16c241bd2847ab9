/**
 * A rules line while it is being read: what it has so far, and where its complaints go.
 *
 * Models: systemd v252 src/udev/udev-rules.c rule_line_add_token, udev_builtin_lookup's callers; v219 struct rule_tmp
 */
import type { Log, Priority } from './log.ts';
import { say } from './log.ts';
import type { Names } from './numbers.ts';
import { INVALID_ID, lookUp } from './numbers.ts';
import type { LineTrait, Operator, Token, TokenType } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

export type Draft = {
  readonly path: string;
  readonly line: number;
  readonly switches: UdevSwitches;
  readonly names: Names;
  /** When OWNER and GROUP become numbers: while loading, per event, or not at all. */
  readonly resolve: ResolveNames;
  readonly log: Log;
  /** Names that failed or succeeded already in this load. */
  readonly known: Map<string, number>;
  tokens: Token[];
  traits: Set<LineTrait>;
  label: string | null;
  gotos: string[];
};

export type ResolveNames = 'early' | 'late' | 'never';

export const add = (
  draft: Draft,
  type: TokenType,
  op: Operator,
  value: string,
  attr: string | null = null,
  number: number | null = null,
): void => {
  draft.tokens.push({ type, op, value, attr, number });
};

/** v252 log_token_full: the place first. */
export const complain = (draft: Draft, text: string, priority: Priority = 'err'): void =>
  say(draft.log, priority, `${draft.path}:${draft.line} ${text}`);

const unknown = (draft: Draft, kind: 'user' | 'group', name: string) =>
  draft.switches.version === 219
    ? say(draft.log, 'err', `specified ${kind} '${name}' unknown`)
    : complain(draft, `Unknown ${kind} '${name}', ignoring`);

/**
 * add_uid, add_gid, rule_resolve_user, rule_resolve_group. v219 remembers a failure as id 0 for the rest of
 * the load and so complains once a name; v252 asks and complains every time.
 */
export function resolve(draft: Draft, kind: 'user' | 'group', name: string): number {
  const { unknownOwner } = draft.switches;
  const key = `${kind} ${name}`;
  const before = draft.known.get(key);
  if (before !== undefined) return before;
  const missing = draft.switches.version === 219 ? 'unknown' : 'allowed';
  const id = lookUp(kind, name, draft.names, missing);
  if (id === null) unknown(draft, kind, name);
  if (id !== null || unknownOwner === 'root') draft.known.set(key, id ?? 0);
  return id ?? (unknownOwner === 'root' ? 0 : INVALID_ID);
}
