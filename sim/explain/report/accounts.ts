/**
 * Users and groups of a report, by number: what `id`, `getent` and qemu.conf say.
 */
import type { Report } from './blocks.ts';
import { answerOf, answersOf, blockOf, type Quote, quoted } from './reading.ts';

type ReportedUser = Readonly<{
  name: string;
  uid: number;
  gid: number;
  gids: readonly number[];
  quote: Quote;
}>;

export type Accounts = Readonly<{
  group: (name: string) => Readonly<{ gid: number; quote: Quote }> | null;
  user: (name: string) => ReportedUser | null;
}>;

const idLine = /^uid=(\d+)(?:\(([^)]*)\))? gid=(\d+)(?:\([^)]*\))? groups=(.*)$/;

function userIn(report: Report, name: string): ReportedUser | null {
  const block = answerOf(report, `id ${name}`);
  const quote = block && quoted(block, idLine);
  if (!quote) return null;
  const [, uid, , gid, groups = ''] = idLine.exec(quote.line) ?? [];
  const gids = groups.split(',').map((group) => Number.parseInt(group, 10));
  return { name, uid: Number(uid), gid: Number(gid), gids, quote };
}

function groupIn(report: Report, name: string): Readonly<{ gid: number; quote: Quote }> | null {
  for (const block of answersOf(report, 'getent group')) {
    const quote = quoted(block, new RegExp(`^${name.replace(/\W/g, '\\$&')}:`));
    if (quote) return { gid: Number(quote.line.split(':')[2]), quote };
  }
  return null;
}

export const accountsIn = (report: Report): Accounts => ({
  group: (name) => groupIn(report, name),
  user: (name) => userIn(report, name),
});

export type QemuUser = Readonly<{
  name: string;
  /** From qemu.conf, or the package's. */
  configured: Quote | null;
  user: ReportedUser | null;
}>;

const PACKAGED = ['qemu', 'libvirt-qemu'];

/** As whom libvirt runs QEMU: what qemu.conf says last, otherwise the user that the package makes. */
export function qemuUserIn(report: Report): QemuUser | null {
  const conf = blockOf(report, 'grep -E "^ *(user|group|cgroup');
  const setting = conf && [...conf.lines].reverse().find((line) => /^ *user *=/.test(line));
  const quote = conf && setting ? quoted(conf, new RegExp(setting.replace(/\W/g, '\\$&'))) : null;
  const named = /"\+?([^"]*)"/.exec(setting ?? '')?.[1];
  if (named !== undefined && quote) {
    const root = { name: 'root', uid: 0, gid: 0, gids: [0], quote };
    const user = named === 'root' || named === '0' ? root : userIn(report, named);
    return { name: named, configured: quote, user };
  }
  if (conf?.broken ?? true) return null;
  const user = PACKAGED.map((name) => userIn(report, name)).find((one) => one !== null) ?? null;
  return user && { name: user.name, configured: null, user };
}
