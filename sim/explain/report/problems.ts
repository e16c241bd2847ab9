/**
 * What is wrong with a report itself: cut off, incomplete, made without root, or saying two things that do not go together.
 */
import type { Words } from '../words.ts';
import { qemuUserIn } from './accounts.ts';
import type { Report } from './blocks.ts';
import { aclIn, nodeIn } from './node.ts';
import { answered, blockOf, type Quote, quoted, type Readings } from './reading.ts';
import { computed } from './rights.ts';

export type Problem = Readonly<{ says: Words; quotes: readonly Quote[] }>;

const problem = (en: string, zh: string, ...quotes: readonly Quote[]): Problem => ({
  says: { en, zh },
  quotes,
});

function ofTheText(report: Report): Problem[] {
  const { count, truncated, missing, blocks } = report;
  const last = blocks.at(-1);
  const parts = missing.join(', ');
  return [
    ...(count > 1
      ? [
          problem(
            `The file holds ${count} reports; the last of them is read.`,
            `文件里有 ${count} 份报告，只读最后一份。`,
          ),
        ]
      : []),
    ...(truncated && last
      ? [
          problem(
            `The report ends in the middle, in \`${last.command}\`: what would follow is unknown.`,
            `报告在中途结束（\`${last.command}\`）：之后的内容未知。`,
          ),
        ]
      : []),
    ...(missing.length > 0 && !truncated
      ? [problem(`Parts of the report are missing: ${parts}.`, `报告缺少部分：${parts}。`)]
      : []),
    ...blocks
      .filter(({ broken }, i) => broken && !(truncated && i === blocks.length - 1))
      .map(({ command }) =>
        problem(
          `No answer within ten seconds: \`${command}\`.`,
          `十秒内没有回答：\`${command}\`。`,
        ),
      ),
  ];
}

/** Nobody to run QEMU: most of what follows the node cannot be told then. */
function withoutQemu(report: Report): Problem[] {
  const ids = ['id qemu', 'id libvirt-qemu'].map((command) => blockOf(report, command));
  const lines = ids.flatMap((block) => (block ? (quoted(block, /no such user/i) ?? []) : []));
  if (lines.length < 2 || qemuUserIn(report) !== null) return [];
  return [
    problem(
      'There is no user qemu and none libvirt-qemu: libvirt is not installed there, and what QEMU may cannot be told.',
      '没有 qemu 用户，也没有 libvirt-qemu：那里没装 libvirt，无法判断 QEMU 的权限。',
      ...lines,
    ),
  ];
}

/** Tools that are not there, where nothing else tells the same. */
function ofTheTools(report: Report): Problem[] {
  const node = nodeIn(report);
  const hasAcl = node === null || 'absent' in node || aclIn(report) !== null;
  const setpriv = report.blocks.find(({ command }) => command.startsWith('setpriv '));
  return [
    ...(hasAcl
      ? []
      : [
          problem(
            'getfacl is not installed and getfattr neither: the ACL is unknown, and the verdict on the rights stands open.',
            '既没有 getfacl 也没有 getfattr：ACL 未知，权限的结论悬而未决。',
          ),
        ]),
    ...(setpriv !== undefined && !answered(setpriv)
      ? [
          problem(
            'setpriv could not try the node as QEMU: only the computation stands.',
            'setpriv 无法以 QEMU 身份试开节点：只有推算可用。',
          ),
        ]
      : []),
    ...(blockOf(report, 'dmesg')?.lines.some((line) => line.startsWith('dmesg: '))
      ? [
          problem(
            'dmesg is not readable: what the kernel has said is unknown.',
            '读不到 dmesg：内核说过什么未知。',
          ),
        ]
      : []),
  ];
}

/** Two answers that do not go together, and what that suggests. */
function contradictions(report: Report, readings: Readings): Problem[] {
  const found: Problem[] = [];
  const answer = computed(report);
  const { check, openAsQemu, driver, node } = readings;
  const quotes = [...(answer?.quotes ?? []), ...(check?.quotes ?? [])];
  if (answer?.verdict.granted && check?.value === 'fails')
    found.push(
      problem(
        'mode and ACL let QEMU in, and `test` as that user says no: a security module, or the node changed while the report was made.',
        '权限与 ACL 允许 QEMU，而以该用户 `test` 却失败：是安全模块，或收集报告时节点变了。',
        ...quotes,
      ),
    );
  if (answer && !answer.verdict.granted && check?.value === 'passes')
    found.push(
      problem(
        'mode and ACL keep QEMU out, and `test` as that user says yes: the node changed while the report was made, or the lines are of two hosts.',
        '权限与 ACL 拒绝 QEMU，而以该用户 `test` 却通过：收集时节点变了，或内容来自两台主机。',
        ...quotes,
      ),
    );
  if (
    check?.value === 'passes' &&
    openAsQemu &&
    (openAsQemu.value === 'EACCES' || openAsQemu.value === 'EPERM')
  )
    found.push(
      problem(
        '`test` says yes and open says no: access(2) knows neither nodev nor a device cgroup.',
        '`test` 通过而打开失败：access(2) 看不到 nodev 和设备 cgroup。',
        ...check.quotes,
        ...openAsQemu.quotes,
      ),
    );
  if (node?.value === 'absent' && driver?.value === 'registered')
    found.push(
      problem(
        'the driver is there and its node is not: somebody has removed it, or /dev is not the devtmpfs (a container).',
        '驱动在，节点却不在：有人删了它，或 /dev 不是 devtmpfs（容器）。',
        ...driver.quotes,
        ...node.quotes,
      ),
    );
  return found;
}

export const problemsOf = (report: Report, readings: Readings): Problem[] => [
  ...ofTheText(report),
  ...withoutQemu(report),
  ...ofTheTools(report),
  ...contradictions(report, readings),
];
