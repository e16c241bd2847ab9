/**
 * A shell's open descriptors: where text comes from and where it goes.
 *
 * Models: GNU bash 4.2 redir.c as far as compound commands show it
 *
 * The login shell on the host has only its terminal. What `{ ...; } > log` and `exec 3>&1` open stays open
 * between commands, so it is remembered here and handed to each command anew: files by name, for appending.
 */

/** Text that several commands read from one after the other, like `while read` and what is in it. */
export type Reader = { text: string; at: number };

export type Descriptor =
  /** Text for whoever runs this shell: the terminal, a pipe, `$( )`. */
  | Readonly<{ kind: 'text'; piped: boolean; take: (text: string) => void }>
  /** A file opened for writing, by its absolute path; `both`: `<>`, with an offset that is not kept. */
  | Readonly<{ kind: 'file'; path: string; both?: boolean }>
  /** Text to be read. */
  | Readonly<{ kind: 'reader'; reader: Reader }>
  /** The terminal's keyboard. */
  | Readonly<{ kind: 'keyboard' }>;

export type Descriptors = Map<number, Descriptor>;

export const readerOf = (text: string): Descriptor => ({
  kind: 'reader',
  reader: { text, at: 0 },
});

/** A descriptor that collects what is written, in a pipe's place. */
export function collector(): { descriptor: Descriptor; text: () => string } {
  const chunks: string[] = [];
  return {
    descriptor: { kind: 'text', piped: true, take: (text) => chunks.push(text) },
    text: () => chunks.join(''),
  };
}

/** One line with its newline; null at the end. */
export function readLine(reader: Reader, delimiter = '\n'): string | null {
  if (reader.at >= reader.text.length) return null;
  const newline = reader.text.indexOf(delimiter, reader.at);
  const end = newline < 0 ? reader.text.length : newline + 1;
  const line = reader.text.slice(reader.at, end);
  reader.at = end;
  return line;
}
