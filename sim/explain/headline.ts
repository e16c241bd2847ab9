/**
 * The first lines of an answer: what is broken, what its user sees, by what mechanism.
 */

import { libvirtState } from '../host/libvirtState.ts';
import { shown } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import { failed, strerror } from '../kernel/errno.ts';
import { errorLine } from './chain/libvirtRungs.ts';
import type { Explanation, Story } from './explanation.ts';
import type { History } from './history.ts';
import { namesOf } from './node.ts';
import { verbatim, type Words } from './words.ts';

/** The last line that somebody typed in vain, with its last complaint; null where all went well. */
function complaint({ choices, worlds }: History): string | null {
  for (let i = choices.length - 1; i >= 0; i--) {
    const choice = choices[i];
    if (choice === undefined || !('run' in choice)) continue;
    const { text, status } = shown(worlds[i + 1] as World, choice.as.split('@')[1] ?? '');
    const said = text.split('\n').findLast((line) => line.trim() !== '');
    if (status !== 0 && said !== undefined) return `# ${choice.run.join(' ')}: ${said.trim()}`;
  }
  return null;
}

/** KVM is fine, and somebody was refused all the same: by what was asked, by whom, or at which moment. */
function refusedAllTheSame({ kind, story }: Explanation): Words[] {
  const said = kind === 'trace' && story !== null ? complaint(story.history) : null;
  return said === null
    ? []
    : [
        {
          en: `What failed was the request itself, by who made it or what it asked for: ${said}`,
          zh: `失败的是请求本身（谁发出的，或要求了什么）：${said}`,
        },
      ];
}

/** What the host looks like decides about a sentence; nothing here is looked up by a scenario's name. */
function brokenLine({ diagnosis }: Story): Words {
  const { act, links, opensNow } = diagnosis;
  if (act === null) {
    const last = links.at(-1)?.says ?? verbatim('');
    return {
      en: `Broken: no KVM guest can start. ${last.en}`,
      zh: `故障：无法启动 KVM 虚拟机。${last.zh}`,
    };
  }
  const remembered = links.some(({ rung }) => rung === 'since');
  if (opensNow && remembered)
    return {
      en: 'Broken: libvirt still believes that there is no KVM, although QEMU may use it again.',
      zh: '故障：QEMU 已能使用 KVM，但 libvirt 仍认为没有。',
    };
  const reason = failed(act.answer) ? strerror(act.answer.errno) : '';
  const who = namesOf(act.before).user(act.cred.uid);
  const by = links.find(
    ({ rung }) => rung === 'rule' || rung === 'node' || rung === 'module',
  )?.brief;
  return {
    en: `Broken: QEMU (user ${who}) gets no KVM: ${reason}${by ? `: ${by.en}` : ''}.`,
    zh: `故障：QEMU（用户 ${who}）用不了 KVM：${reason}${by ? `：${by.zh}` : ''}。`,
  };
}

/** The versions given do not show it as the incident did: say so before somebody looks for it in vain. */
function warning({ diagnosis, history }: Story): Words[] {
  const version = libvirtState(history.worlds.at(-1) as World)?.version;
  if (version === undefined || diagnosis.lists !== true || diagnosis.opensNow) return [];
  return [
    {
      en: `Note: libvirt ${version} lists <domain type='kvm'/> all the same; only the guest's start fails. A permission hides it from 4.8.0 to 5.0.0 only.`,
      zh: `注意：libvirt ${version} 仍会列出 <domain type='kvm'/>，只有启动虚拟机时才失败。仅 4.8.0 至 5.0.0 会因权限而隐藏它。`,
    },
  ];
}

function causeLine({ kind, story, families, verdicts }: Explanation): Words[] {
  const name = story?.name ?? null;
  if (name === null) return [];
  if (kind === 'trace')
    return [{ en: `Cause, proved by replay: ${name.en}.`, zh: `原因（重放证实）：${name.zh}。` }];
  const others = (families?.families.length ?? 1) - 1;
  const fits = verdicts.length;
  const more =
    fits > 1
      ? {
          en: `; ${others} other mechanisms fit as well (below)`,
          zh: `；另有 ${others} 种机制同样吻合（见下）`,
        }
      : verbatim('');
  return [
    {
      en: `Cause, the plainest that fits: ${name.en}${more.en}.`,
      zh: `原因（最简单的吻合者）：${name.zh}${more.zh}。`,
    },
  ];
}

function unreachable({ families, kind, subject }: Explanation): Words[] {
  const complete = families?.complete ?? true;
  const what: Words =
    kind === 'getfacl'
      ? {
          en: `no order of the events below leads to ${subject}`,
          zh: `以下事件的任何顺序都不会得到 ${subject}`,
        }
      : {
          en: 'none of the known causes shows this on these versions',
          zh: '在这些版本上，没有已知原因会显示此现象',
        };
  return complete
    ? [{ en: `Not reachable in this model: ${what.en}.`, zh: `在此模型中不可达：${what.zh}。` }]
    : [
        {
          en: `Not found so far, a bound was reached: ${what.en} within it.`,
          zh: `达到上限，尚未找到：在此范围内${what.zh}。`,
        },
      ];
}

function strangers({ people }: Explanation): Words[] {
  const [only] = people;
  if (only === undefined || only === 'operator') return [];
  return people.length === 1
    ? [
        {
          en: `${only} is whoever sat at the console: here he is called operator.`,
          zh: `${only} 即坐在控制台前的人：这里称为 operator。`,
        },
      ]
    : [
        {
          en: 'Several people are named in it; the model has one at the console.',
          zh: '其中有多个用户；模型的控制台前只有一人。',
        },
      ];
}

export function headline(explanation: Explanation): Words[] {
  const { story, repaired, kind, subject, suspects, decision } = explanation;
  if (story === null) return [...unreachable(explanation), ...strangers(explanation)];
  const { state, symptom } = story.diagnosis;
  if (state === 'nobody') {
    return [
      {
        en: 'Nobody is locked out: on a host whose node is like this no QEMU is installed yet.',
        zh: '没有谁被拒之门外：节点如此的主机上尚未安装 QEMU。',
      },
      ...causeLine(explanation),
      ...strangers(explanation),
    ];
  }
  if (state === 'works') {
    const node = kind === 'getfacl' ? ` (${subject})` : '';
    return [
      {
        en: `Nothing is broken: QEMU may use KVM here, and a guest starts${node}.`,
        zh: `没有故障：QEMU 可以使用 KVM，虚拟机能启动${node}。`,
      },
      ...refusedAllTheSame(explanation),
      ...causeLine(explanation),
      ...strangers(explanation),
    ];
  }
  const fits = suspects.filter(({ verdict }) => verdict === 'fits').length;
  if (kind === 'error' && fits > 1) {
    return [
      {
        en: `No KVM guest can start. ${fits} of ${suspects.length} known causes show this error; ${decision === null ? 'nothing tells them apart' : `ask next: ${decision.line}`}`,
        zh: `无法启动 KVM 虚拟机。${suspects.length} 种已知原因中有 ${fits} 种会显示此错误；${decision === null ? '无法进一步区分' : `下一步请运行：${decision.line}`}`,
      },
      ...warning(story),
    ];
  }
  const later = repaired
    ? [
        {
          en: 'Later in this story it was repaired; this is how it was when it showed.',
          zh: '故事后来已修复；以下是故障出现时的情形。',
        },
      ]
    : [];
  const bounded =
    explanation.families?.complete === false
      ? [
          {
            en: 'A bound was reached: there may be further orders.',
            zh: '搜索达到上限：可能还有其他顺序。',
          },
        ]
      : [];
  return [
    brokenLine(story),
    verbatim(`    ${errorLine(symptom).slice(0, 150)}`),
    ...causeLine(explanation),
    ...bounded,
    ...warning(story),
    ...later,
    ...strangers(explanation),
  ];
}
