/**
 * Reading what the user names: a file, or `-` for standard input.
 */
import { readFileSync } from 'node:fs';
import { usageError } from '../host/usage.ts';

/** Throws a usage error for what cannot be read; `otherwise` says what else the name could have been. */
export function readInput(path: string, otherwise: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    throw usageError(otherwise);
  }
}
