/**
 * The device node as a report has it: from `stat`, with the ACL of `getfacl`, or of `getfattr` where that is not installed.
 */
import { type Acl, fromMode, isExtended, permOf } from '../../acl/entry.ts';
import { parseText } from '../../acl/text.ts';
import { fromXattr } from '../../acl/xattr.ts';
import type { Report } from './blocks.ts';
import { answered, answerOf, type Quote, quoted, silence } from './reading.ts';

type ReportedNode = Readonly<{
  kind: string;
  mode: number;
  uid: number;
  gid: number;
  /** `a:e8`, in hex. */
  rdev: string;
  ctime: number;
  quote: Quote;
}>;

export type ReportedAcl = Readonly<{ acl: Acl; extended: boolean; quotes: readonly Quote[] }>;

const STAT = "stat -c '%F";
const form = /^(.+) (\d{3,4}) (\d+):(\d+) ([0-9a-f]+:[0-9a-f]+) (\d+)(?: \d+)?$/;

/** `absent` is what stat says; null is a report that does not tell. */
export function nodeIn(report: Report): ReportedNode | Readonly<{ absent: Quote }> | null {
  const block = answerOf(report, STAT);
  if (block === null) return null;
  const none = quoted(block, /No such file or directory/);
  if (none !== null) return { absent: none };
  const quote = quoted(block, form);
  if (quote === null) return null;
  const [, kind = '', mode = '', uid, gid, rdev = '', ctime] = form.exec(quote.line) ?? [];
  return {
    kind,
    mode: Number.parseInt(mode, 8) & 0o777,
    uid: Number(uid),
    gid: Number(gid),
    rdev,
    ctime: Number(ctime),
    quote,
  };
}

export function presentNode(report: Report): ReportedNode | null {
  const node = nodeIn(report);
  return node === null || 'absent' in node ? null : node;
}

const isEntry = /^(user|group|mask|other):/;

function fromGetfacl(report: Report): ReportedAcl | null {
  const block = answerOf(report, 'getfacl -nc /dev/kvm');
  if (block === null) return null;
  const text = block.lines.filter((line) => isEntry.test(line)).join('\n');
  const acl = text === '' ? null : parseText(text);
  if (acl === null) return null;
  const quotes = block.lines.flatMap((line, i) =>
    isEntry.test(line)
      ? [{ at: block.at + i + 1, line, command: block.command, silent: false }]
      : [],
  );
  return { acl, extended: isExtended(acl), quotes };
}

function fromGetfattr(report: Report): ReportedAcl | null {
  const block = answerOf(report, 'getfattr -e hex');
  if (block === null) return null;
  const quote = quoted(block, /^system\.posix_acl_access=0x[0-9a-f]+$/i);
  const acl = quote && fromXattr(quote.line.replace(/^.*=0x/, '').toLowerCase());
  return quote && acl ? { acl, extended: true, quotes: [quote] } : null;
}

/** `ls` shows a `+` where there is more than the mode; where it shows none, the mode is all. */
function fromBits(report: Report, node: ReportedNode): ReportedAcl | null {
  const ls = answerOf(report, 'ls -l /dev/kvm');
  const quote = ls && quoted(ls, /^c[rwx-]{9}[.+ ]/);
  if (!quote || quote.line[10] === '+') return null;
  return { acl: fromMode(node.mode), extended: false, quotes: [node.quote] };
}

/** null where no tool for ACLs is installed and there is one. */
export function aclIn(report: Report): ReportedAcl | null {
  const node = presentNode(report);
  if (node === null) return null;
  return fromGetfacl(report) ?? fromGetfattr(report) ?? fromBits(report, node);
}

export const groupEntryEmpty = (acl: Acl): boolean => (permOf(acl, 'group_obj') & 6) !== 6;

/** The default ACL on /dev, or the answer that shows none. */
export function defaultAclIn(report: Report): Readonly<{ has: boolean; quote: Quote }> | null {
  const block = report.blocks.find(({ command }) => command === 'getfacl -nc /dev') ?? null;
  if (!answered(block)) return null;
  const whole = quoted(block, /^user::/);
  const entry = quoted(block, /^default:group::/) ?? quoted(block, /^default:/);
  if (entry !== null) return { has: true, quote: entry };
  return whole && { has: false, quote: silence(block) };
}
