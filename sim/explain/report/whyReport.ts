/**
 * From a host's report: where it is broken, which known causes that proves, excludes or leaves open, and how it may have come about.
 */
import { entryText } from '../../acl/text.ts';
import type { Proof } from '../../play/facts.ts';
import type { Explanation } from '../explanation.ts';
import { whyAcl } from '../whyAcl.ts';
import type { Words } from '../words.ts';
import { accountsIn } from './accounts.ts';
import { type Report, readReport, type Unread } from './blocks.ts';
import { factsOf } from './facts.ts';
import { type Nearest, nearestHost } from './host.ts';
import { type Judgement, judge } from './judge.ts';
import { aclIn, presentNode } from './node.ts';
import { type Problem, problemsOf } from './problems.ts';
import type { Readings } from './reading.ts';
import { type Computed, computed } from './rights.ts';
import { type Standing, standings } from './rungs.ts';

/** A cause that the report is held against: what a scenario is, as far as it matters here. */
export type Known = Readonly<{
  title: Words;
  now: Words;
  symptom: string;
  facts: Proof;
}>;

export type Held = Readonly<{ name: string; known: Known; judgement: Judgement }>;

export type ReportExplanation = Readonly<{
  report: Report;
  readings: Readings;
  problems: readonly Problem[];
  standings: readonly Standing[];
  /** All of them, in the order in which they were given. */
  causes: readonly Held[];
  /** May QEMU open the node, and which entry says so. */
  computed: Computed | null;
  nearest: Nearest;
  /** How an ACL may have come about; null where the node has none, or lets QEMU in. */
  came: Explanation | null;
}>;

type ReportOptions = Readonly<{ causes: Readonly<Record<string, Known>>; orders: boolean }>;

/** The ACL as getfacl prints it, with the owner and group that it stands for; null where nobody here is called so. */
function aclText(report: Report): string | null {
  const node = presentNode(report);
  const found = aclIn(report);
  if (node === null || found === null || !found.extended || node.uid !== 0) return null;
  const kvm = accountsIn(report).group('kvm')?.gid;
  const group = node.gid === 0 ? 'root' : node.gid === kvm ? 'kvm' : null;
  if (group === null) return null;
  return `# owner: root\n# group: ${group}\n${found.acl.map((entry) => entryText(entry)).join('\n')}\n`;
}

function cameAbout(
  report: Report,
  answer: Computed | null,
  { profile }: Nearest,
): Explanation | null {
  const text = answer === null || answer.verdict.granted ? null : aclText(report);
  if (text === null) return null;
  const found = whyAcl(text, { profile });
  return 'refused' in found ? null : found;
}

export function whyReport(
  text: string,
  { causes, orders }: ReportOptions,
): ReportExplanation | Unread {
  const report = readReport(text);
  if ('refused' in report) return report;
  const readings = factsOf(report);
  const answer = computed(report);
  const nearest = nearestHost(report);
  return {
    report,
    readings,
    problems: problemsOf(report, readings),
    standings: standings(readings),
    causes: Object.entries(causes).map(([name, known]) => ({
      name,
      known,
      judgement: judge(known.facts, readings),
    })),
    computed: answer,
    nearest,
    came: orders ? cameAbout(report, answer, nearest) : null,
  };
}
