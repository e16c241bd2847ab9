/**
 * The form of Trace v1, checked before a trace that people have written or mended by hand is played.
 *
 * What is well formed may still not be playable, and then the host says why; what the language throws while a well-formed
 * trace is played is a mistake of ours.
 */
import * as v from 'valibot';

const flag = v.optional(v.boolean());
const text = v.string();
const texts = v.array(text);
const typing = { pace: v.optional(v.literal(0)), settle: flag };
const seat = v.pipe(text, v.regex(/^[^@]+@.+$/, 'expected user@terminal'));
const rdev = v.tuple([v.number(), v.number()]);

const redirect = v.variant('mode', [
  v.strictObject({
    fd: v.number(),
    mode: v.picklist(['read', 'write', 'append', 'readwrite']),
    path: text,
  }),
  v.strictObject({ fd: v.number(), mode: v.literal('dup'), from: v.number() }),
  v.strictObject({ fd: v.number(), mode: v.literal('close') }),
]);

const fault = v.union([
  v.strictObject({ createVm: v.picklist(['EINTR', 'ENOMEM', 'EBUSY']) }),
  v.strictObject({ noSpace: v.boolean() }),
  v.strictObject({
    fail: v.strictObject({
      comm: text,
      call: text,
      path: v.optional(text),
      errno: text,
      skip: v.optional(v.number()),
      times: v.optional(v.number()),
    }),
  }),
  v.strictObject({ refuse: v.picklist(['device-cgroup', 'lsm']), rdev, subject: text }),
]);

/** A choice is known by its first word. */
const choices = {
  run: v.strictObject({
    run: texts,
    as: seat,
    env: v.optional(v.record(text, text)),
    stdin: v.optional(text),
    inputs: v.optional(v.record(text, text)),
    redirects: v.optional(v.array(redirect)),
    piped: v.optional(v.literal(true)),
    background: v.optional(v.literal(true)),
    complainAs: v.optional(text),
    dash: v.optional(v.literal(true)),
    ...typing,
  }),
  login: v.strictObject({ login: text, on: text, ...typing }),
  logout: v.strictObject({ logout: text, ...typing }),
  pick: v.strictObject({ pick: text }),
  tick: v.strictObject({ tick: v.number(), settle: v.optional(v.literal(false)) }),
  fault: v.strictObject({ fault }),
  permit: v.strictObject({ permit: rdev }),
  firmware: v.strictObject({ firmware: v.record(text, v.unknown()) }),
} as const;

const setup = v.strictObject({
  hardware: v.optional(v.record(text, v.unknown())),
  files: v.optional(v.array(v.looseObject({ path: text }))),
  enable: v.optional(texts),
  disable: v.optional(texts),
  packages: v.optional(texts),
});

const frame = v.looseObject({ profile: text, setup, hash: text, choices: v.array(v.unknown()) });

const isKind = (key: string): key is keyof typeof choices => Object.hasOwn(choices, key);

/** `stdin: Invalid type: Expected string but received 5`, of the first thing that is wrong. */
function complaint(issues: readonly v.BaseIssue<unknown>[] | undefined): string {
  const [issue] = issues ?? [];
  if (issue === undefined) return '';
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

function wrongChoice(choice: unknown, number: number): string | null {
  const keys = typeof choice === 'object' && choice !== null ? Object.keys(choice) : [];
  const kind = keys.find(isKind);
  if (kind === undefined) return `choice ${number} is none of ${Object.keys(choices).join(', ')}`;
  const result = v.safeParse(choices[kind], choice);
  return result.success ? null : `choice ${number} (${kind}): ${complaint(result.issues)}`;
}

/** What is wrong with the form of a trace, as half a sentence; null when nothing is. Choices are counted from 1. */
export function malformed(trace: unknown): string | null {
  const result = v.safeParse(frame, trace);
  if (!result.success) return complaint(result.issues);
  for (const [index, choice] of result.output.choices.entries()) {
    const wrong = wrongChoice(choice, index + 1);
    if (wrong !== null) return wrong;
  }
  return null;
}
