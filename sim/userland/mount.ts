/**
 * mount: what is mounted, and changing the options of that.
 *
 * Models: util-linux 2.23 sys-utils/mount.c main, print_all, mk_exit_code (`mount` alone, and `-o remount,...`)
 * Leaves out: mounting anything; options other than dev, nodev, ro, rw, which are passed over as the kernel would.
 */

import { failed, strerror } from '../kernel/errno.ts';
import { command } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, out, readFile, remount } from '../libc/sys.ts';
import { asRefusal } from './beyond.ts';

/** /proc/self/mounts in mount's own words. */
const line = (entry: string): string => {
  const [source, target, type, options] = entry.split(' ');
  return `${source} on ${target} type ${type} (${options})\n`;
};

export const mount = command(function* ({ argv }) {
  const { options, operands, error } = getopt({ short: 'o:', long: { options: 'required' } }, argv);
  if (error !== null) {
    yield* err(`${asRefusal(error)}\n`);
    return 1;
  }
  const text = yield* readFile('/proc/mounts');
  const entries = (failed(text) ? '' : text).split('\n').filter(Boolean);
  const wanted = options.flatMap(([, value]) => (value ?? '').split(','));
  if (wanted.length === 0 && operands.length === 0) {
    for (const entry of entries) yield* out(line(entry));
    return 0;
  }
  const [target] = operands;
  if (target === undefined || operands.length > 1 || !wanted.includes('remount')) {
    yield* err('kvmlab: mount knows `mount` and `mount -o remount,OPTIONS DIRECTORY`\n');
    return 1;
  }
  const now = (entries.find((entry) => entry.split(' ')[1] === target)?.split(' ')[3] ?? '').split(
    ',',
  );
  const last = (on: string, off: string) => {
    const said = wanted.findLast((word) => word === on || word === off);
    return said === undefined ? now.includes(on) : said === on;
  };
  const done = yield* remount(target, { nodev: last('nodev', 'dev'), readonly: last('ro', 'rw') });
  if (!failed(done)) return 0;
  const why = done.errno === 'EINVAL' ? 'not mounted or bad option' : strerror(done.errno);
  yield* err(`mount: ${target} ${why}\n`);
  return 32;
});
