/**
 * A simulated host to type at, for tests: short words over host/step.ts.
 */

import type { Choice } from '../../sim/host/choice.ts';
import type { Setup } from '../../sim/host/machine.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { type Shown, shown } from '../../sim/host/terminal.ts';
import type { World } from '../../sim/host/world.ts';
import { type NodeRow, nodeRow } from '../../sim/play/node.ts';

export type Desk = {
  world: World;
  choose: (choice: Choice) => void;
  login: (user: string, tty: string) => void;
  logout: (tty: string) => void;
  /** A simple command, words split at blanks, typed by root over ssh (who logs in when first needed). */
  root: (line: string) => Shown;
  /** root writes a file, as `cat > path` does. */
  write: (path: string, text: string) => void;
  /** What root's terminal shows, standard output alone. */
  screen: () => string;
  node: () => NodeRow;
  /** A host that goes on from here on its own. */
  fork: () => Desk;
};

const ROOT_TTY = 'pts/0';

export function desk(setup: Setup = {}, profile = 'centos7'): Desk {
  const { machinery, world } = newHost(profileNamed(profile), setup);
  const at = (from: World): Desk => {
    const mine: Desk = {
      world: from,
      choose(choice) {
        mine.world = step(machinery, mine.world, choice);
      },
      login: (user, tty) => mine.choose({ login: user, on: tty }),
      logout: (tty) => mine.choose({ logout: tty }),
      root(line) {
        const inside = Object.values(mine.world.kernel.tasks).some((t) => t.tty === ROOT_TTY);
        if (!inside) mine.login('root', ROOT_TTY);
        mine.choose({ run: line.split(' '), as: `root@${ROOT_TTY}` });
        return shown(mine.world, ROOT_TTY);
      },
      write(path, text) {
        mine.root('udevadm --version');
        const redirects = [{ fd: 1, mode: 'write', path }] as const;
        mine.choose({ run: ['cat'], as: `root@${ROOT_TTY}`, stdin: text, redirects });
      },
      screen: () => shown(mine.world, ROOT_TTY).stdout,
      node: () => nodeRow(mine.world),
      fork: () => at(mine.world),
    };
    return mine;
  };
  return at(world);
}

/** `crw-rw-rw-+ root:kvm ::--- m:rw- o:rw-`: one line for one state of the node. */
export function nodeLine(row: NodeRow): string {
  if (row.mode === null) return 'no node';
  const named = row.users === '' ? '' : ` ${row.users}`;
  return `${row.mode} ${row.owner}${named} g:${row.groupObj}${row.mask === '' ? '' : ` m:${row.mask}`} o:${row.other}`;
}
