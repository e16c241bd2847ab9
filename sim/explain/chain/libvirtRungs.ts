/**
 * From libvirt's refusal down to the QEMU that it asked, or that it started.
 *
 * Models: libvirt 5.0.0's three memories and their order: driver->caps, the cache entry, the verdict of access(2)
 *
 * The refusal may rest on something that was true days ago. So each memory is asked what it holds, when it was
 * made, and whether the host still says the same.
 */
import type { Components } from '../../host/components.ts';
import { type LibvirtState, libvirtState } from '../../host/libvirtState.ts';
import type { World } from '../../host/world.ts';
import { failed } from '../../kernel/errno.ts';
import { places } from '../cite.ts';
import type { Act, History, Moment } from '../history.ts';
import { worldAt } from '../history.ts';
import { inodeOf, qemuOpens } from '../node.ts';
import { momentWords } from '../tell.ts';
import { verbatim, type Words } from '../words.ts';
import { actLink, type Link, link } from './link.ts';

export type Scene = Readonly<{ history: History; components: Components }>;

/** Since which event something has been so, without a break until now. */
export function since({ worlds }: History, holds: (world: World) => boolean): Moment {
  const broke = worlds.findLastIndex((world) => !holds(world));
  return broke;
}

const at = ({ history }: Scene, found: Link, moment: Moment): Link => ({
  ...found,
  event: momentWords(history, moment),
  step: moment + 1,
});

/** Where each refusal is written. */
const refusals: readonly (readonly [RegExp, keyof typeof places])[] = [
  [/could not find capabilities for/, 'lookup'],
  [/does not support virt type/, 'virtType'],
  [/Domain requires KVM/, 'requiresKvm'],
  [/process exited while connecting to monitor|Could not access KVM kernel module/, 'guestDied'],
];

/** The error as virsh printed it, without the blank line after it. */
export const errorLine = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/Failed to create domain/.test(line))
    .map((line) => line.replace(/\s+$/, ''))
    .join(' ');

export function symptomLink({ components }: Scene, text: string, byHand: boolean): Link {
  if (byHand) return link('symptom', verbatim(errorLine(text)), places.kvmInit(components));
  const [, place = 'guestDied'] = refusals.find(([pattern]) => pattern.test(text)) ?? [];
  return link('symptom', verbatim(errorLine(text)), places[place](components));
}

const offers = (kvm: boolean): Words =>
  kvm
    ? { en: 'the domain types qemu and kvm', zh: '域类型 qemu 与 kvm' }
    : { en: 'the domain type qemu only', zh: '只有域类型 qemu' };

function driverLink(scene: Scene, state: LibvirtState): Link {
  const moment = since(scene.history, (w) => libvirtState(w)?.offersKvm === state.offersKvm);
  const what = offers(state.offersKvm);
  const says =
    state.guests === 0
      ? {
          en: "libvirtd's own capabilities hold no guest at all, so each call probes again",
          zh: 'libvirtd 自己的 capabilities 中没有任何虚拟机类型，因此每次调用都重新探测',
        }
      : {
          en: `libvirtd's own capabilities hold ${what.en}; only \`virsh capabilities\` renews them`,
          zh: `libvirtd 自己的 capabilities：${what.zh}；只有 virsh capabilities 会刷新`,
        };
  return at(scene, link('driver', says, places.driverCaps(scene.components)), moment);
}

const hasKvm = (world: World): boolean | null => {
  const entries = libvirtState(world)?.entries ?? [];
  return entries.length === 0 ? null : entries.some(({ kvm }) => kvm);
};

function staleDriver(scene: Scene): Link {
  const moment = since(scene.history, (w) => hasKvm(w) === true);
  const says = {
    en: 'the cache entry below has kvm by now: the capabilities above are older',
    zh: '下层的缓存项已有 kvm：上层的 capabilities 是旧的',
  };
  return at(scene, link('cache', says, places.isValid(scene.components)), moment);
}

/** Is the remembered verdict of access(2) still the host's? */
function accessLink(scene: Scene, state: LibvirtState, world: World): Link {
  const { history, components } = scene;
  const now = qemuOpens(world);
  const ctime = Math.floor((inodeOf(world)?.ctime ?? 0) / 1000);
  const { memo } = state;
  if (now === 'opens' && memo !== null && !memo.usable && memo.ctime === ctime) {
    const moment = since(history, (w) => {
      const held = libvirtState(w)?.memo ?? null;
      return held !== null && !held.usable && held.ctime === memo.ctime;
    });
    const says = {
      en: `access(2) would say yes now; libvirtd remembers "no" for ctime ${memo.ctime}, and the node's ctime is still that`,
      zh: `现在 access(2) 会说可以；libvirtd 记着 ctime ${memo.ctime} 时的“不可”，而节点的 ctime 没有变`,
    };
    return at(scene, link('access', says, places.usable(components)), moment);
  }
  const says =
    now === 'opens'
      ? {
          en: 'access(2) as QEMU says yes now: the next look-up probes anew',
          zh: '以 QEMU 身份 access(2) 现在可以：下次查询会重新探测',
        }
      : {
          en: `access(2) as QEMU still says no, so an entry without kvm counts as valid`,
          zh: '以 QEMU 身份 access(2) 仍然不可，因此没有 kvm 的缓存项被认为有效',
        };
  return link('access', says, places.isValid(components));
}

/** What one QEMU said, in its own words: complaints on stderr, and the answer to query-kvm. */
function saidLinks(scene: Scene, pid: number, moment: Moment): Link[] {
  const { history, components } = scene;
  const mine = history.said.filter((act) => act.moment === moment && act.pid === pid);
  const texts = mine.map(({ request }) => (request.call === 'write' ? request.data : ''));
  const reply = texts
    .join('')
    .match(/\{"return": \{"enabled": (?:true|false), "present": (?:true|false)\}/);
  const complaints = texts
    .filter((text) => /KVM|kvm|accelerator|tcg/.test(text) && !text.startsWith('{'))
    .join('')
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  const links: Link[] = [];
  if (reply !== null)
    links.push(
      link('qmp', verbatim(`query-kvm: ${reply[0].slice(11)}`), places.queryKvm(components)),
    );
  if (complaints.length > 0)
    links.push(
      link('accelerator', verbatim(complaints.join(' / ')), places.accelerator(components)),
    );
  return links;
}

/** The failed use of the device by a QEMU that was started in some event; the last one decided. */
export function failedUse({ uses }: History, from: Moment, to: Moment): Act | null {
  return (
    uses.findLast(
      ({ moment, program, answer }) =>
        program === 'qemu-kvm' && moment >= from && moment <= to && failed(answer),
    ) ?? null
  );
}

export type Below = Readonly<{ links: readonly Link[]; act: Act | null }>;

function probeLinks(scene: Scene, says: Words): Below {
  const { history, components } = scene;
  const saved = history.cached.at(-1);
  if (saved === undefined) return { links: [], act: null };
  const { moment } = saved;
  const found = actLink('probe', history, saved, components, says);
  const act = failedUse(history, moment, moment);
  const said = act === null ? [] : saidLinks(scene, act.pid, moment);
  return { links: [{ ...found, source: places.probe(components) }, ...said], act };
}

/** Nothing is known of any emulator: why, in libvirtd's own words from the journal. */
function troubleLink({ components }: Scene, journal: string): Link | null {
  const line = journal
    .split('\n')
    .findLast((text) => /libvirtd\[\d+\]: /.test(text) && !/could not find capab/.test(text));
  const [, says] = /libvirtd\[\d+\]: (.*)$/.exec(line ?? '') ?? [];
  return says === undefined ? null : link('probe', verbatim(says), places.newForBinary(components));
}

/** `virsh create` was refused before any guest's QEMU ran. */
export function refusalLinks(scene: Scene, journal: string): Below {
  const { history } = scene;
  const world = worldAt(history, history.choices.length - 1);
  const state = libvirtState(world);
  if (state === null) return { links: [], act: null };
  const driver = state.asksDriver ? [driverLink(scene, state)] : [];
  if (state.entries.length === 0) {
    const trouble = troubleLink(scene, journal);
    return { links: trouble === null ? driver : [...driver, trouble], act: null };
  }
  if (hasKvm(world)) {
    const below = probeBefore(scene);
    return { links: [...driver, staleDriver(scene), ...below.links], act: below.act };
  }
  const probe = probeLinks(scene, {
    en: "the cache entry and its file have no <flag name='kvm'/>: so the probing QEMU found",
    zh: "缓存项及其文件没有 <flag name='kvm'/>：探测用的 QEMU 得到如此结果",
  });
  return { links: [...driver, accessLink(scene, state, world), ...probe.links], act: probe.act };
}

/** The driver's capabilities are older than the entry: the probe that they rest on is the last that found no kvm. */
function probeBefore(scene: Scene): Below {
  const healed = since(scene.history, (w) => hasKvm(w) === true);
  const earlier = {
    ...scene.history,
    cached: scene.history.cached.filter(({ moment }) => moment < healed),
  };
  return probeLinks(
    { ...scene, history: earlier },
    {
      en: 'they were made when the probing QEMU found no KVM',
      zh: '它们形成之时，探测用的 QEMU 没有得到 KVM',
    },
  );
}

/** `virsh create` got as far as starting QEMU, or somebody started it by hand. */
export function startedLinks(scene: Scene, from: Moment): Below {
  const { history } = scene;
  const act = failedUse(history, from, history.choices.length - 1);
  if (act === null) return { links: [], act: null };
  return { links: saidLinks(scene, act.pid, act.moment), act };
}
