/**
 * What a builtin is: it gets its words and answers a status.
 */
import type { Command } from 'unbash';
import type { Plan } from '../redirect.ts';
import type { Shell } from '../shell.ts';

/** The command as written, for those builtins that need more than its words. */
export type Written = Readonly<{ command: Command; planned: Plan }>;

export type Builtin = (shell: Shell, words: readonly string[], written: Written) => number;
