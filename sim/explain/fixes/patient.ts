/**
 * From the evidence to the broken hosts that a repair is tried on.
 */
import { shortText } from '../../acl/text.ts';
import type { Choice } from '../../host/choice.ts';
import { type GetfaclText, type Refused, readGetfacl } from '../evidence.ts';
import { withLibvirt } from '../explanation.ts';
import { familiesTo } from '../families.ts';
import { continued, type History, historyOf } from '../history.ts';
import { alphabetOf, rootLogin } from '../models/events.ts';
import { namesOf } from '../node.ts';
import { idsOf, shows } from '../people.ts';
import { readReport } from '../report/blocks.ts';
import { factsOf } from '../report/facts.ts';
import { reconstruct } from '../report/reconstruct.ts';
import type { What } from '../what.ts';
import { causesOf } from '../whyError.ts';
import { brokenPart } from '../whyTrace.ts';
import type { Words } from '../words.ts';

export type Patient = Readonly<{
  history: History;
  /** How the host came to be broken. */
  says: Words;
}>;

const typed = (argv: readonly string[]): Choice => ({ run: argv, as: 'root@pts/0' });

/** No order of events leads to the ACL: somebody may still have written it, so it is written. */
function byHand(profile: string, target: GetfaclText): Patient {
  const booted = historyOf({ profile, setup: {}, choices: [rootLogin] });
  const install =
    alphabetOf(booted.worlds[0] as History['worlds'][number])['install']?.choices ?? [];
  const installed = continued(booted, install);
  const names = namesOf(installed.worlds.at(-1) as History['worlds'][number]);
  const owner = target.owner === null ? [] : [typed(['chown', target.owner, '/dev/kvm'])];
  const group = target.group === null ? [] : [typed(['chgrp', target.group, '/dev/kvm'])];
  const acl = typed(['setfacl', '--set', shortText(target.acl, names), '/dev/kvm']);
  return {
    history: withLibvirt(continued(installed, [...owner, ...group, acl])),
    says: {
      en: 'no order of events leads to this ACL, so it was written with setfacl --set',
      zh: '没有事件顺序能得到这个 ACL，因此用 setfacl --set 写入',
    },
  };
}

function patientWith(text: string, profile: string): Patient | Refused {
  const target = readGetfacl(text, idsOf(profile));
  if ('refused' in target) return target;
  const found = familiesTo(profile, {}, (world) => shows(world, target), {
    races: 'if nothing else',
  });
  const [family] = found.families;
  if (family === undefined) return byHand(profile, target);
  const events = family.orders[0]?.events.join(', ') ?? '';
  return {
    history: withLibvirt(family.history),
    says: {
      en: `a host that comes to this ACL by: ${events}; then libvirtd was started`,
      zh: `由 ${events} 得到此 ACL 的主机；随后启动了 libvirtd`,
    },
  };
}

/** One host, or for an error message one for each known cause that prints it. */
export function patientsOf(what: What, profile: string): readonly Patient[] | Refused {
  switch (what.kind) {
    case 'trace':
      return [
        {
          history: brokenPart(historyOf(what.trace)),
          says: { en: 'the host as the symptom was first seen', zh: '首次看到现象时的主机' },
        },
      ];
    case 'getfacl': {
      const patient = patientWith(what.text, profile);
      return 'refused' in patient ? patient : [patient];
    }
    case 'report': {
      const report = readReport(what.text);
      if ('refused' in report) return report;
      const history = reconstruct(report, factsOf(report));
      return [
        {
          history,
          says: { en: 'a host brought into the state of the report', zh: '处于报告所述状态的主机' },
        },
      ];
    }
    case 'error':
      return causesOf(what.error, profile).map(({ name, history }) => ({ history, says: name }));
  }
}
