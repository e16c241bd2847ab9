/**
 * WHAT is to be explained: a trace, a host's report, the text of `getfacl /dev/kvm`, or an error message; told apart by their look.
 *
 * Every verb that takes a WHAT reads it here. A new kind of evidence is one more reader in this list.
 */
import type { Trace } from '../host/trace.ts';
import { type KnownError, knownError } from './errorText.ts';
import { looksLikeGetfacl } from './evidence.ts';
import { looksLikeReport } from './report/blocks.ts';

export type What =
  | Readonly<{ kind: 'trace'; trace: Trace }>
  /** An ACL's text, unread: which users and groups it names depends on the host it is held against. */
  | Readonly<{ kind: 'getfacl'; text: string }>
  /** The output of collect.sh, unread. */
  | Readonly<{ kind: 'report'; text: string }>
  | Readonly<{ kind: 'error'; error: KnownError }>;

type Reader = (text: string) => What | null;

function readTrace(text: string): What | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const trace = JSON.parse(text) as Trace;
    return trace.v === 1 && Array.isArray(trace.choices) ? { kind: 'trace', trace } : null;
  } catch {
    return null;
  }
}

const readGetfaclText: Reader = (text) =>
  looksLikeGetfacl(text) ? { kind: 'getfacl', text } : null;

function readError(text: string): What | null {
  const error = knownError(text);
  return error === null ? null : { kind: 'error', error };
}

const readReport: Reader = (text) => (looksLikeReport(text) ? { kind: 'report', text } : null);

const readers: readonly Reader[] = [readTrace, readReport, readGetfaclText, readError];

/** null for a text that is none of these. */
export function recognise(text: string): What | null {
  for (const read of readers) {
    const what = read(text);
    if (what !== null) return what;
  }
  return null;
}

/** For the sentence that refuses any other text. */
export const readable =
  'the output of collect.sh, the text of `getfacl /dev/kvm`, an error message of libvirt or QEMU about KVM, or a trace';
