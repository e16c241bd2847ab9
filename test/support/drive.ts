/**
 * Run a piece of program to its end against a kernel, one system call after the other, as somebody.
 */
import { type Credentials, root } from '../../sim/kernel/credentials.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import type { Lab } from './kernel.ts';

export function drive<T>(host: Lab, piece: Sys<T>, as: Credentials = root): T {
  let turn = piece.next();
  while (!turn.done) turn = piece.next(host.call(turn.value, as));
  return turn.value;
}
