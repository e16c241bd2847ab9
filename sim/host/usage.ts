/**
 * Errors that are the user's to mend: one sentence, no stack. Everything else that is thrown is a bug of ours.
 */
const NAME = 'UsageError';

export function usageError(sentence: string): Error {
  const error = new Error(sentence);
  error.name = NAME;
  return error;
}

export const isUsageError = (error: unknown): error is Error =>
  error instanceof Error && error.name === NAME;
