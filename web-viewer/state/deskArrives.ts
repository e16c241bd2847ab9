/** The lessons' part of the simulator; loaded once, when first wanted. */
import type { Desk } from '../model/desk.ts';

let arriving: Promise<Desk> | null = null;

export function withDesk(): Promise<Desk> {
  arriving ??= import('../model/desk.ts');
  return arriving;
}
