/**
 * Executable files: the bytes of a simulated binary name the program that it holds.
 *
 * A copy of the file runs the same program, a hard link too, an edited one does not: as in life.
 */
const MAGIC = '\x7fELF kvmlab ';

export const executable = (program: string): string => `${MAGIC}${program}\n`;

/** The program's name, or null when the file is no binary. */
export const programIn = (content: string): string | null =>
  content.startsWith(MAGIC) ? content.slice(MAGIC.length).trimEnd() : null;
