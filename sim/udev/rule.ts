/**
 * A udev rule as data: one logical line, its tokens in the order they will be tried.
 *
 * Models: systemd v219 src/udev/udev-rules.c enum token_type, sort_token;
 *   v252 src/udev/udev-rules.c UdevRuleTokenType, sort_tokens
 *
 * The order written inside a line means nothing: matches come before programs, programs before
 * assignments, always in the order of this list. That is why `ENV{A}="1", ENV{A}=="1"` looks at the
 * old value, and why a GROUP is set before a MODE.
 */
import type { LogLine } from './log.ts';

/** Both versions' enums agree on this order (CONST and SYSCTL are v252's, WAIT_FOR is v219's). */
export const tokenTypes = [
  'ACTION',
  'DEVPATH',
  'KERNEL',
  'SYMLINK',
  'NAME',
  'ENV',
  'CONST',
  'TAG',
  'SUBSYSTEM',
  'DRIVER',
  'WAIT_FOR',
  'ATTR',
  'SYSCTL',
  'KERNELS',
  'SUBSYSTEMS',
  'DRIVERS',
  'ATTRS',
  'TAGS',
  'TEST',
  'PROGRAM',
  'IMPORT{file}',
  'IMPORT{program}',
  'IMPORT{builtin}',
  'IMPORT{db}',
  'IMPORT{cmdline}',
  'IMPORT{parent}',
  'RESULT',
  'set string_escape=none',
  'set string_escape=replace',
  'set db_persist',
  'set watch',
  'set link_priority',
  'set log_level',
  'set OWNER',
  'set GROUP',
  'set MODE',
  'set OWNER_ID',
  'set GROUP_ID',
  'set MODE_ID',
  'set TAG',
  'set static_node',
  'set SECLABEL',
  'set ENV',
  'set NAME',
  'set SYMLINK',
  'set ATTR',
  'set SYSCTL',
  'set RUN{builtin}',
  'set RUN{program}',
] as const;

export type TokenType = (typeof tokenTypes)[number];

export type Operator = '==' | '!=' | '+=' | '-=' | '=' | ':=';

export type Token = Readonly<{
  type: TokenType;
  op: Operator;
  value: string;
  /** What stood in the braces of KEY{...}; null without. */
  attr: string | null;
  /** A resolved uid, gid or mode, TEST's mode, a priority, a switch; null where the value says all. */
  number: number | null;
}>;

/** What a line can do, as far as skipping it needs to know (UdevRuleLineType; v219 can_set_name). */
export type LineTrait = 'name' | 'node' | 'static' | 'goto' | 'label' | 'update';

export type Rule = Readonly<{
  line: number;
  tokens: readonly Token[];
  traits: readonly LineTrait[];
  label: string | null;
  /** Index, in the same file, of the rule that a matching line jumps to. */
  goto: number | null;
}>;

export type RulesFile = Readonly<{ path: string; rules: readonly Rule[] }>;

export type Parsed = Readonly<{ file: RulesFile; log: readonly LogLine[] }>;

const rank = new Map<TokenType, number>(tokenTypes.map((type, i) => [type, i]));

const rankOf = (type: TokenType): number => rank.get(type) ?? 0;

export const inOrder = (tokens: readonly Token[]): readonly Token[] =>
  [...tokens].sort((a, b) => rankOf(a.type) - rankOf(b.type));

export const isForParents = (type: TokenType): boolean =>
  rankOf(type) >= rankOf('KERNELS') && rankOf(type) <= rankOf('TAGS');

export const isMatchOp = (op: Operator): boolean => op === '==' || op === '!=';
