/**
 * A trace that somebody hands in, played: people write and mend them by hand, so it may not be playable at all.
 */
import { replayFails, type Trace } from '../host/trace.ts';
import { malformed } from '../host/traceForm.ts';
import { isUsageError, usageError } from '../host/usage.ts';

/** Our own errors are sentences about what was asked; what the language throws is a mistake of ours. */
const isSentence = (error: unknown): error is Error =>
  error instanceof Error && error.constructor === Error && !isUsageError(error);

/** The hash that it plays to instead of its own, or null. Throws a usage error where it cannot be played. */
export function replayed(given: string, trace: Trace): string | null {
  const wrong = malformed(trace);
  if (wrong !== null) throw usageError(`${given} cannot be played: ${wrong}.`);
  try {
    return replayFails(trace);
  } catch (error) {
    if (isSentence(error)) throw usageError(`${given} cannot be played: ${error.message}`);
    throw error;
  }
}
