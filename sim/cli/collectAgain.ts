/**
 * A report's own commands, typed on a simulated host: the same report, of that host.
 */

import type { History } from '../explain/history.ts';
import type { Report } from '../explain/report/blocks.ts';
import type { Seat } from '../host/choice.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import { createShell } from '../shell/create.ts';

const TTY = 'pts/7';
const SEAT: Seat = `root@${TTY}`;

/** The only person of the simulated host, and what collect.sh makes of his name. */
const PERSON = 'operator';
const MASKED = 'user1000';

export function collectAgain(report: Report, { machinery, worlds }: History): Report {
  const last = worlds.at(-1) as World;
  const login = { login: 'root', on: TTY };
  const world = shellOn(last, TTY) === null ? step(machinery, last, login) : last;
  const shell = createShell(machinery, world, SEAT);
  const blocks = report.blocks.map((block) => {
    const { chunks } = shell.run(block.command.replaceAll(MASKED, PERSON));
    const text = chunks
      .map((chunk) => chunk.text)
      .join('')
      .replaceAll(PERSON, MASKED);
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    return { ...block, lines, broken: false };
  });
  return { ...report, blocks };
}
