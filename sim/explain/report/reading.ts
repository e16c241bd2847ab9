/**
 * A fact that was read, and the lines that it rests on; null where the report cannot tell.
 */
import type { FactName, FactValue } from '../../play/facts.ts';
import type { Block, Report } from './blocks.ts';

export type Quote = Readonly<{
  /** The line's number in the report. */
  at: number;
  /** The line; for a command that says nothing, the command. */
  line: string;
  /** What was typed. */
  command: string;
  silent: boolean;
}>;

export type Reading<V extends string = string> = Readonly<{ value: V; quotes: readonly Quote[] }>;

export type Readings = { readonly [N in FactName]: Reading<FactValue<N>> | null };

/** A part of the vocabulary, read. */
export type Reads<N extends FactName> = { readonly [K in N]: Reading<FactValue<K>> | null };

export const read = <V extends string>(value: V, ...quotes: readonly Quote[]): Reading<V> => ({
  value,
  quotes,
});

/** The line of a block that matches, as a quote. */
export function quoted(block: Block, pattern: RegExp): Quote | null {
  const i = block.lines.findIndex((line) => pattern.test(line));
  if (i < 0) return null;
  return {
    at: block.at + i + 1,
    line: (block.lines[i] as string).trim(),
    command: block.command,
    silent: false,
  };
}

/** Several commands may say the same kind of thing; the last line of all that match. */
export function lastQuoted(blocks: readonly Block[], pattern: RegExp): Quote | null {
  for (const block of [...blocks].reverse()) {
    const i = block.lines.findLastIndex((line) => pattern.test(line));
    if (i >= 0)
      return {
        at: block.at + i + 1,
        line: (block.lines[i] as string).trim(),
        command: block.command,
        silent: false,
      };
  }
  return null;
}

/** That nothing (more) was said. */
export const silence = (block: Block): Quote => ({
  at: block.at,
  line: block.command,
  command: block.command,
  silent: true,
});

/** A tool that is not there, or may not look; what a log tells of others' errors begins otherwise. */
const UNANSWERED =
  /: (command )?not found$|^(cat|dmesg|getfacl|getfattr|grep|journalctl|ls|setpriv|stat): .*(Permission denied|Operation not permitted)$|Can't operate\.$/;

/** The tool is there, could look, and was let finish. */
export const answered = (block: Block | null): block is Block =>
  block !== null &&
  !block.broken &&
  !(block.lines.length > 0 && block.lines.every((line) => UNANSWERED.test(line)));

/** The first block whose command begins so, whatever it says; null if it is not there. */
export const blockOf = ({ blocks }: Report, start: string): Block | null =>
  blocks.find(({ command }) => command.startsWith(start)) ?? null;

/** The same, if it is an answer. */
export function answerOf(report: Report, start: string): Block | null {
  const block = blockOf(report, start);
  return answered(block) ? block : null;
}

export const answersOf = ({ blocks }: Report, start: string): Block[] =>
  blocks.filter((block) => block.command.startsWith(start) && answered(block));
