/**
 * Tokens to messages: a message ends where braces and brackets balance, not where a line does.
 *
 * Models: QEMU v2.12.0 and v7.2.0 qobject/json-streamer.c json_message_process_token
 *
 * Hence `{broken` swallows the lines after it until somebody closes the brace. A brace too many ends a
 * message too: it is the parser's task to complain.
 */
import { memo } from '../../kernel/memo.ts';
import { feedByte, freshLexer, type Lexer, type Token } from './lexer.ts';
import { parse } from './parse.ts';
import type { Json } from './value.ts';

const MAX_TOKEN_SIZE = 64 << 20;
const MAX_TOKEN_COUNT = 2 << 20;
const MAX_NESTING = 1 << 10;

export type Stream = Readonly<{
  lexer: Lexer;
  tokens: readonly Token[];
  braces: number;
  brackets: number;
  size: number;
}>;

export const freshStream: Stream = {
  lexer: freshLexer,
  tokens: [],
  braces: 0,
  brackets: 0,
  size: 0,
};

/** A complete request, or why it is none. */
export type Message = Readonly<{ value: Json }> | Readonly<{ error: string }>;

type Fed = Readonly<{ stream: Stream; messages: readonly Message[] }>;

export type Mode = 'skip' | 'resync';

const INVALID = 'Invalid JSON syntax';

const exceeded = (stream: Stream, count: number): string | null => {
  if (stream.size > MAX_TOKEN_SIZE) return 'JSON token size limit exceeded';
  if (count > MAX_TOKEN_COUNT) return 'JSON token count limit exceeded';
  if (stream.braces + stream.brackets > MAX_NESTING) return 'JSON nesting depth limit exceeded';
  return null;
};

/** json_message_process_token: `tokens` grows in place, a copy per token would be quadratic. */
function take(stream: Stream, tokens: Token[], token: Token, mode: Mode) {
  const { type, text } = token;
  const next: Stream = {
    ...stream,
    braces: stream.braces + (type === '{' ? 1 : type === '}' ? -1 : 0),
    brackets: stream.brackets + (type === '[' ? 1 : type === ']' ? -1 : 0),
    size: stream.size + text.length,
  };
  const { braces, brackets } = next;
  const open = braces >= 0 && brackets >= 0 && (braces > 0 || brackets > 0);
  const ended = (message: Message) => ({
    stream: { ...freshStream, lexer: stream.lexer },
    message,
  });
  if (type === 'error') {
    // %s ends at a NUL.
    const stray = text.split('\0')[0];
    return ended({ error: mode === 'skip' ? INVALID : `JSON parse error, stray '${stray}'` });
  }
  const limit = exceeded(next, tokens.length + 1);
  // 2.12 parses a message that is complete although too large; later ones refuse it first.
  if (limit !== null && (mode === 'resync' || open)) {
    return ended({ error: mode === 'skip' ? INVALID : limit });
  }
  tokens.push(token);
  return open ? { stream: next, message: null } : ended(parse(tokens, mode));
}

const isFresh = ({ lexer, tokens, braces, brackets, size }: Stream): boolean =>
  lexer.state === 'start' && tokens.length === 0 && braces === 0 && brackets === 0 && size === 0;

/** Clients ask the same questions of every QEMU that they start. */
const MOST_REQUESTS = 512;
const fedFresh = {
  skip: memo((bytes) => feedOn(freshStream, bytes, 'skip'), MOST_REQUESTS),
  resync: memo((bytes) => feedOn(freshStream, bytes, 'resync'), MOST_REQUESTS),
};

/** json_message_parser_feed: the stream after these bytes, and the messages that they completed. */
export const feed = (before: Stream, bytes: string, mode: Mode): Fed =>
  isFresh(before) ? fedFresh[mode](bytes) : feedOn(before, bytes, mode);

function feedOn(before: Stream, bytes: string, mode: Mode): Fed {
  let { lexer } = before;
  let stream = before;
  let tokens = [...before.tokens];
  const messages: Message[] = [];
  for (const byte of bytes) {
    const fed = feedByte(lexer, byte, mode);
    lexer = fed.lexer;
    for (const token of fed.tokens) {
      const taken = take(stream, tokens, token, mode);
      stream = taken.stream;
      if (taken.message === null) continue;
      messages.push(taken.message);
      tokens = [];
    }
  }
  const after = { ...stream, lexer, tokens };
  return { stream: isFresh(after) ? freshStream : after, messages };
}
