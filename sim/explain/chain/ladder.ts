/**
 * Why does no KVM guest start here? A ladder of questions, from what the user sees down to a system call.
 *
 * Nothing here knows the incident: each rung asks the host, or the watched calls, and the answer chooses the next.
 */
import type { Components } from '../../host/components.ts';
import { libvirtState } from '../../host/libvirtState.ts';
import { profileNamed } from '../../host/profiles.ts';
import { asked, typed, written } from '../asking.ts';
import { type Act, type History, worldAt } from '../history.ts';
import { emulatorOf, qemuOf, qemuOpens } from '../node.ts';
import { momentWords } from '../tell.ts';
import { byHand, usable } from '../usable.ts';
import { refusalLinks, startedLinks, symptomLink } from './libvirtRungs.ts';
import { type Link, link } from './link.ts';
import { useLinks } from './openRungs.ts';

export type Diagnosis = Readonly<{
  /** `nobody`: no QEMU is installed, or it has no user yet. */
  state: 'works' | 'nobody' | 'broken';
  /** From the symptom down. */
  links: readonly Link[];
  /** The failed use of the device that it all rests on; null where none failed. */
  act: Act | null;
  /** What a user sees: the error as printed. */
  symptom: string;
  /** Does libvirt list <domain type='kvm'/>? null while it does not run. */
  lists: boolean | null;
  /** QEMU could use the device now: what is wrong is a memory. */
  opensNow: boolean;
}>;

export const DOMAIN = '/root/kvmlab-why.xml';

export const domainXml = `<domain type='kvm'>
  <name>kvmlab-why</name>
  <memory unit='MiB'>64</memory>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
  </os>
</domain>
`;

const calm = (state: 'works' | 'nobody', lists: boolean | null): Diagnosis => ({
  state,
  links: [],
  act: null,
  symptom: '',
  lists,
  opensNow: state === 'works',
});

/** The node has been put right since the use that failed: by which event? */
function sinceLinks(history: History, act: Act, components: Components): Link[] {
  const world = worldAt(history, history.choices.length - 1);
  if (qemuOpens(world) !== 'opens' || usable(history) !== 'works') return [];
  const moment = history.worlds.findLastIndex((w) => qemuOpens(w) !== 'opens');
  if (moment < act.moment) return [];
  const says = {
    en: 'since then QEMU may open the node: what is left is a memory',
    zh: '此后 QEMU 已能打开节点：剩下的只是缓存的记忆',
  };
  const found = link('since', says, `linux ${components.kernel} fs/namei.c inode_permission`);
  return [{ ...found, event: momentWords(history, moment), step: moment + 1 }];
}

/** How things stand at the end of a history. */
export function diagnose(history: History): Diagnosis {
  const { components } = profileNamed(history.profile);
  const scene = { history, components };
  const world = worldAt(history, history.choices.length - 1);
  const state = libvirtState(world);
  if (emulatorOf(world) === null || qemuOf(world) === null) return calm('nobody', null);
  const from = history.choices.length;
  const lines =
    state === null
      ? [typed(byHand(world))]
      : [written(DOMAIN, domainXml), typed(['virsh', 'create', DOMAIN])];
  const answer = asked(history, lines);
  const lists = state === null ? null : listsKvm(history);
  if (answer.status === 0) return calm('works', lists);
  const after = { ...scene, history: answer.history };
  const started = startedLinks(after, from);
  const journal = asked(answer.history, [typed(['journalctl', '-u', 'libvirtd'])]).text;
  const below = started.act !== null || state === null ? started : refusalLinks(scene, journal);
  const { act } = below;
  const down =
    act === null
      ? []
      : [
          ...useLinks({ history: answer.history, components, act }),
          ...sinceLinks(history, act, components),
        ];
  return {
    state: 'broken',
    links: [symptomLink(after, answer.text, state === null), ...below.links, ...down],
    act,
    symptom: answer.text,
    lists,
    opensNow: qemuOpens(world) === 'opens' && usable(history) === 'works',
  };
}

/** As `virsh capabilities` would say; asking renews libvirt's memory, so a copy is asked. */
const listsKvm = (history: History): boolean =>
  asked(history, [typed(['virsh', 'capabilities'])]).stdout.includes("<domain type='kvm'/>");
