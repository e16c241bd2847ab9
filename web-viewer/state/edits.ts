/**
 * What was changed about a scenario, as a short text for links and files: base64url of JSON.
 *
 * What comes from outside is checked piece by piece: a link is nobody's friend.
 */
import type { Edit } from '../model/story.ts';
import { LONGEST } from './place.ts';

const MOST = 200;

export function codeOf(edits: readonly Edit[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(edits));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

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
