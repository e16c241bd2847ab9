/**
 * What was changed about a scenario, or a whole story that is no scenario's, as a text for links: base64url of JSON.
 *
 * What comes from outside is checked piece by piece: a link is nobody's friend.
 */
import type { Edit, Told } from '../model/story.ts';
import { LONGEST } from './place.ts';

const MOST = 200;

function coded(what: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(what));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export const codeOf = (edits: readonly Edit[]): string => coded(edits);

/** A whole story begins so, and its changes follow after another dot. */
const WHOLE = 't.';

export const codeOfTold = (told: Told, edits: readonly Edit[]): string =>
  `${WHOLE}${coded(told)}.${coded(edits)}`;

const spoiled = () =>
  new Error(
    'The changes in this link cannot be read: it is cut or was edited. / 链接中的改动无法解析：被截断或改动过。',
  );

function jsonOf(code: string): unknown {
  if (code.length > LONGEST || !/^[\w-]*$/.test(code)) throw spoiled();
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
  } catch {
    throw spoiled();
  }
}

const TTY = /^(tty[1-6]|pts\/\d)$/;
const USER = /^[a-z][a-z0-9_-]{0,31}$/;

function choiceOf(given: Record<string, unknown>): Extract<Edit, { choice: unknown }>['choice'] {
  const { login, on, logout, tick } = given;
  if (typeof login === 'string' && USER.test(login) && typeof on === 'string' && TTY.test(on))
    return { login, on };
  if (typeof logout === 'string' && TTY.test(logout)) return { logout };
  if (typeof tick === 'number' && tick > 0 && tick < 1e12) return { tick };
  throw spoiled();
}

function editOf(given: unknown): Edit {
  if (typeof given !== 'object' || given === null) throw spoiled();
  const { at, type, swap, drop, choice } = given as Record<string, unknown>;
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at > 100_000) throw spoiled();
  if (typeof type === 'string' && type.length < 4000) return { at, type };
  if (swap === true) return { at, swap };
  if (drop === true) return { at, drop };
  if (typeof choice === 'object' && choice !== null)
    return { at, choice: choiceOf(choice as Record<string, unknown>) };
  throw spoiled();
}

export function editsOf(code: string): Edit[] {
  const given = jsonOf(code);
  if (!Array.isArray(given) || given.length > MOST) throw spoiled();
  return given.map(editOf);
}

/** null for a code that only changes a scenario. What the choices do is the simulated host's affair: it refuses what it does not know. */
export function toldOf(code: string): { told: Told; edits: Edit[] } | null {
  if (!code.startsWith(WHOLE)) return null;
  const [story = '', edits = ''] = code.slice(WHOLE.length).split('.');
  const given = jsonOf(story);
  if (typeof given !== 'object' || given === null) throw spoiled();
  const { profile, setup, choices } = given as Record<string, unknown>;
  const whole =
    typeof profile === 'string' &&
    typeof setup === 'object' &&
    setup !== null &&
    Array.isArray(choices) &&
    choices.every((choice) => typeof choice === 'object' && choice !== null);
  if (!whole) throw spoiled();
  return { told: { profile, setup, choices }, edits: editsOf(edits) };
}
