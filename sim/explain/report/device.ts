/** The device node, its mount, and what the rules would make of it. */
import type { device } from '../../play/facts/device.ts';
import { accountsIn } from './accounts.ts';
import type { Report } from './blocks.ts';
import { aclIn, defaultAclIn, groupEntryEmpty, nodeIn, presentNode } from './node.ts';
import { answerOf, quoted, type Reading, type Reads, read, silence } from './reading.ts';
import { type Assignment, lastWord, rulesIn } from './rules.ts';

type Name = keyof typeof device;

const KVM = 'a:e8';

function node(report: Report): Reads<Name>['node'] {
  const found = nodeIn(report);
  if (found === null) return null;
  if ('absent' in found) return read('absent', found.absent);
  const isKvm = found.kind === 'character special file' && found.rdev === KVM;
  return read(isKvm ? 'kvm' : 'other', found.quote);
}

function mount(report: Report): Reads<Name>['mount'] {
  const block = answerOf(report, "grep ' /dev ' /proc/mounts");
  const last = block?.lines.findLastIndex((line) => / \/dev /.test(line)) ?? -1;
  if (block === null || last < 0) return null;
  const line = block.lines[last] as string;
  const quote = { at: block.at + last + 1, line, command: block.command, silent: false };
  return read(/[ ,]nodev[ ,]/.test(`${line} `) ? 'nodev' : 'devices', quote);
}

const errors = [
  ['EACCES', /Permission denied/],
  ['EPERM', /Operation not permitted/],
  ['ENODEV', /No such device/],
  ['ENOENT', /No such file or directory|cannot open .*: No such file/],
] as const;

export type Opened = 'opens' | (typeof errors)[number][0];

/** `true </dev/kvm; echo $?`: the shell's complaint, then a status. */
export function openedIn(report: Report, command: RegExp): Reading<Opened> | null {
  const block = report.blocks.find((one) => command.test(one.command)) ?? null;
  if (block === null || block.broken) return null;
  for (const [errno, pattern] of errors) {
    const quote = quoted(block, pattern);
    if (quote !== null) return /setpriv: /.test(quote.line) ? null : read(errno, quote);
  }
  const status = quoted(block, /^0$/);
  return status && read('opens', status);
}

function acl(report: Report): Pick<Reads<Name>, 'acl' | 'namedUser' | 'defaultAcl'> {
  const found = aclIn(report);
  const inherited = defaultAclIn(report);
  const defaultAcl = inherited && read(inherited.has ? 'yes' : 'no', inherited.quote);
  if (found === null) return { acl: null, namedUser: null, defaultAcl };
  const { quotes } = found;
  const kind = !found.extended ? 'minimal' : groupEntryEmpty(found.acl) ? 'frozen' : 'extended';
  const telling = quotes.filter(({ line }) => kind !== 'frozen' || /^(group::|mask:)/.test(line));
  const named = quotes.find(({ line }) => /^user:\d/.test(line));
  return {
    acl: read(kind, ...(telling.length > 0 ? telling : quotes)),
    namedUser: named ? read('yes', named) : read('no', ...quotes.slice(0, 1)),
    defaultAcl,
  };
}

/** The kernel compares numbers; `ls` says whether the number has a name here. */
function nodeGroup(report: Report): Reads<Name>['nodeGroup'] {
  const found = presentNode(report);
  const kvm = accountsIn(report).group('kvm');
  if (found === null) return null;
  const { gid, quote } = found;
  if (gid === 0) return read('root', quote);
  if (kvm !== null && kvm.gid === gid) return read('kvm', quote, kvm.quote);
  const ls = answerOf(report, 'ls -l /dev/kvm');
  const named = ls && quoted(ls, /^c\S+ +\d+ +\S+ +\S+ /);
  const name = named?.line.split(/ +/)[3];
  if (!named || name === undefined) return null;
  const value = name === 'kvm' ? 'kvm' : name === String(gid) ? 'nameless' : 'other';
  return read(value, named, ...(kvm ? [kvm.quote] : []));
}

function rules(report: Report): Pick<Reads<Name>, 'rule' | 'lastRule' | 'ruleAgrees' | 'ruleLets'> {
  const nothing = { rule: null, lastRule: null, ruleAgrees: null, ruleLets: null };
  const found = rulesIn(report);
  if (found === null) return nothing;
  const { group, mode } = lastWord(found);
  const last = mode ?? group;
  if (last === null) {
    const rule =
      found.masked.length > 0 ? read('masked', ...found.masked) : read('none', found.asked);
    return { ...nothing, rule };
  }
  const isSite = /^\/(etc|run)\//.test(last.path);
  const lets = mode === null || ((mode.mode ?? 0) & 0o060) === 0o060;
  return {
    rule: read('effective', last.quote),
    lastRule: read(isSite ? 'site' : 'package', last.quote),
    ruleAgrees: agreement(report, group, mode),
    ruleLets: read(lets ? 'group' : 'nobody', last.quote),
  };
}

/** null where the group that a rule names has no known number. */
function agreement(
  report: Report,
  group: Assignment | null,
  mode: Assignment | null,
): Reads<Name>['ruleAgrees'] {
  const at = presentNode(report);
  const wanted = group?.group === 'root' ? 0 : accountsIn(report).group(group?.group ?? '')?.gid;
  if (at === null || (group !== null && wanted === undefined)) return null;
  const modeDiffers = mode !== null && mode.mode !== at.mode;
  const groupDiffers = group !== null && wanted !== at.gid;
  const both = groupDiffers ? 'neither' : 'not the mode';
  const value = modeDiffers ? both : groupDiffers ? 'not the group' : 'yes';
  const quotes = [mode?.quote, group?.quote].filter((one) => one !== undefined);
  return read(value, at.quote, ...quotes.slice(0, 1));
}

function rulesNewer(report: Report): Reads<Name>['rulesNewer'] {
  const block = answerOf(report, 'stat -c "%Z %n" /etc/udev/rules.d');
  const at = presentNode(report);
  if (block === null || at === null) return null;
  const timeOf = (line: string) => Number(/^(\d+) \//.exec(line)?.[1] ?? 0);
  const latest = Math.max(...block.lines.map(timeOf));
  if (latest < at.ctime) return read('no', at.quote);
  const i = block.lines.findIndex((line) => timeOf(line) === latest);
  const line = block.lines[i] as string;
  const quote = { at: block.at + i + 1, line, command: block.command, silent: false };
  return read(latest > at.ctime ? 'yes' : 'same second', quote, at.quote);
}

function udevSaid(report: Report): Reads<Name>['udevSaid'] {
  const block = answerOf(report, 'journalctl -b --no-pager | grep -E');
  if (block === null || quoted(block, /No journal files|not seeing messages/)) return null;
  const line = quoted(block, /kvm/);
  return line ? read('unknown group', line) : read('nothing', silence(block));
}

export const deviceFacts = (report: Report): Reads<Name> => ({
  node: node(report),
  mount: mount(report),
  open: openedIn(report, /^true </),
  ...acl(report),
  nodeGroup: nodeGroup(report),
  ...rules(report),
  rulesNewer: rulesNewer(report),
  udevSaid: udevSaid(report),
});
