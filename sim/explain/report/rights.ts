/**
 * May QEMU open the node? Computed from mode, ACL and ids, with the entry that decides, and held against what was tried.
 */
import { permission, type Verdict } from '../../acl/permission.ts';
import { entryText } from '../../acl/text.ts';
import type { rights } from '../../play/facts/rights.ts';
import { type QemuUser, qemuUserIn } from './accounts.ts';
import type { Report } from './blocks.ts';
import { openedIn } from './device.ts';
import { aclIn, groupEntryEmpty, presentNode, type ReportedAcl } from './node.ts';
import { answerOf, answersOf, type Quote, quoted, type Reads, read, silence } from './reading.ts';

type Name = keyof typeof rights;

const RW = 6;

export type Computed = Readonly<{ verdict: Verdict; qemu: QemuUser; quotes: readonly Quote[] }>;

/** null where node, ACL or user are not known. */
export function computed(report: Report): Computed | null {
  const node = presentNode(report);
  const found = aclIn(report);
  const qemu = qemuUserIn(report);
  if (node === null || found === null || !qemu?.user) return null;
  const { uid, gids } = qemu.user;
  const guarded = {
    uid: node.uid,
    gid: node.gid,
    mode: node.mode,
    acl: found.extended ? found.acl : null,
  };
  const verdict = permission({ uid, gids, dacOverride: false }, guarded, RW);
  const { by } = verdict;
  const text = typeof by === 'string' ? null : entryText(by);
  const entry = found.quotes.filter(({ line }) => line.split(/\s/)[0] === text);
  return { verdict, qemu, quotes: [...(entry.length > 0 ? entry : [node.quote]), qemu.user.quote] };
}

function qemuUser(report: Report): Reads<Name>['qemuUser'] {
  const qemu = qemuUserIn(report);
  if (qemu === null) return null;
  if (qemu.user?.uid === 0) return read('root', qemu.user.quote);
  const packaged = qemu.name === 'qemu' || qemu.name === 'libvirt-qemu';
  const quotes = qemu.configured ?? qemu.user?.quote;
  return quotes === undefined ? null : read(packaged ? 'packaged' : 'configured', quotes);
}

/** The owning group's entry; where the mode is all there is to quote, the mode. */
function groupEntry({ quotes }: ReportedAcl): readonly Quote[] {
  const entry = quotes.filter(({ line }) => line.startsWith('group::'));
  return entry.length > 0 ? entry : quotes;
}

function membership(report: Report): Pick<Reads<Name>, 'member' | 'groupMay'> {
  const node = presentNode(report);
  const user = qemuUserIn(report)?.user ?? null;
  const found = aclIn(report);
  const empty = found === null ? null : groupEntryEmpty(found.acl);
  return {
    member:
      node && user
        ? read(user.gids.includes(node.gid) ? 'yes' : 'no', user.quote, node.quote)
        : null,
    groupMay: found && read(empty ? 'no' : 'yes', ...groupEntry(found)),
  };
}

/** `setpriv ... test -w NODE; echo $?` as QEMU's user: the last line is a status. */
function check(report: Report, qemu: QemuUser | null): Reads<Name>['check'] {
  const tried = answersOf(report, `setpriv --reuid=${qemu?.name ?? ''} `).filter(({ command }) =>
    / test -[rw] /.test(command),
  );
  const status = tried.map((block) => quoted(block, /^[01]$/));
  const known = status.filter((line): line is Quote => line !== null);
  if (known.length < 2) return null;
  const no = known.find(({ line }) => line === '1');
  return no ? read('fails', no) : read('passes', ...known.slice(-1));
}

function openAsQemu(report: Report, qemu: QemuUser | null): Reads<Name>['openAsQemu'] {
  return qemu && openedIn(report, new RegExp(`^setpriv --reuid=${qemu.name} .*true <`));
}

function maker(report: Report): Pick<Reads<Name>, 'maker' | 'ownGroups'> {
  const uid = answerOf(report, 'id -u');
  const line = uid && quoted(uid, /^\d+$/);
  const [own, listed] = [
    report.blocks.find(({ command }) => command === 'id -G'),
    answerOf(report, 'id -G "$(id -un)"'),
  ];
  const numbers = (lines: readonly string[]) => new Set((lines[0] ?? '').split(' '));
  const ownLine = own && quoted(own, /^\d/);
  const listedLine = listed && quoted(listed, /^\d/);
  const lacking =
    ownLine && listedLine
      ? [...numbers([listedLine.line])].filter((gid) => !numbers([ownLine.line]).has(gid))
      : null;
  return {
    maker: line && read(line.line === '0' ? 'root' : 'person', line),
    ownGroups:
      lacking && ownLine && listedLine
        ? read(lacking.length > 0 ? 'stale' : 'current', ownLine, listedLine)
        : null,
  };
}

function groupsChanged(report: Report): Reads<Name>['groupsChanged'] {
  const block = answerOf(report, 'stat -c "%Y %n" /etc/group');
  const line = block && quoted(block, /^\d+ \/etc\/group$/);
  const node = presentNode(report);
  if (!line || node === null) return null;
  const since = Number(line.line.split(' ')[0]) > node.ctime;
  return read(since ? 'since the node' : 'before the node', line, node.quote);
}

function lsmSaid(report: Report): Reads<Name>['lsmSaid'] {
  const block = answerOf(report, 'dmesg | grep -E "avc');
  if (block === null || quoted(block, /^dmesg: /)) return null;
  const line = quoted(block, /kvm/);
  return line ? read('denied', line) : read('nothing', silence(block));
}

export function rightsFacts(report: Report): Reads<Name> {
  const qemu = qemuUserIn(report);
  const answer = computed(report);
  return {
    ...maker(report),
    qemuUser: qemuUser(report),
    ...membership(report),
    rights: answer && read(answer.verdict.granted ? 'enough' : 'refused', ...answer.quotes),
    check: check(report, qemu),
    openAsQemu: openAsQemu(report, qemu),
    groupsChanged: groupsChanged(report),
    lsmSaid: lsmSaid(report),
  };
}
