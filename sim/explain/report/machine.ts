/**
 * Processor, modules, and what the kernel has said.
 *
 * Models: the words of Linux 3.10 and 6.x: arch/x86/kvm/vmx.c, svm.c, virt/kvm/kvm_main.c
 */
import type { machine } from '../../play/facts/machine.ts';
import type { Report } from './blocks.ts';
import { answerOf, type Quote, quoted, type Reads, read, silence } from './reading.ts';

type Name = keyof typeof machine;

function processor(report: Report): Pick<Reads<Name>, 'processor' | 'below'> {
  const block = answerOf(report, 'grep -m1 ^flags');
  if (block === null) return { processor: null, below: null };
  const vmx = quoted(block, /^vmx$/);
  const svm = quoted(block, /^svm$/);
  const below = quoted(block, /^hypervisor$/);
  return {
    processor: vmx ? read('vmx', vmx) : svm ? read('svm', svm) : read('neither', silence(block)),
    below: below ? read('hypervisor', below) : read('nothing', silence(block)),
  };
}

function vendor(report: Report): Reads<Name>['vendor'] {
  const block = answerOf(report, 'grep -m1 ^vendor_id');
  const line = block && quoted(block, /^vendor_id/);
  if (!line) return null;
  if (line.line.endsWith('GenuineIntel')) return read('Intel', line);
  return read(line.line.endsWith('AuthenticAMD') ? 'AMD' : 'other', line);
}

function driver(report: Report): Reads<Name>['driver'] {
  const block = answerOf(report, 'grep -E " (kvm|misc)$" /proc/misc');
  if (block === null) return null;
  const line = quoted(block, /^(\/proc\/misc:)?\s*\d+ kvm$/);
  return line ? read('registered', line) : read('absent', silence(block));
}

function modules(report: Report): Pick<Reads<Name>, 'module' | 'rival'> {
  const block = answerOf(report, 'grep -E "^(kvm|vbox');
  const registered = driver(report);
  if (block === null || quoted(block, /No such file/)) {
    const builtIn =
      registered?.value === 'registered' ? read('built in', ...registered.quotes) : null;
    return { module: builtIn, rival: null };
  }
  const line = (name: string) => quoted(block, new RegExp(`^${name} `));
  const rival = quoted(block, /^(vbox|vmmon|vmw)/);
  const of = (): Reads<Name>['module'] => {
    for (const name of ['kvm_intel', 'kvm_amd'] as const) {
      const found = line(name);
      if (found) return read(name, found);
    }
    const alone = line('kvm');
    if (alone) return read('kvm alone', alone);
    if (registered?.value === 'registered') return read('built in', ...registered.quotes);
    return read('none', silence(block));
  };
  return { module: of(), rival: rival ? read('yes', rival) : read('no', silence(block)) };
}

/** The lines of modprobe.d and modules-load.d stand in one answer: a bare name is the latter's. */
function configured(report: Report): Pick<Reads<Name>, 'blacklisted' | 'asksFor'> {
  const block = answerOf(report, 'grep -rhE "kvm" /etc/modprobe.d');
  const whose = vendor(report)?.value;
  if (block === null || whose === undefined) return { blacklisted: null, asksFor: null };
  const own = whose === 'AMD' ? 'kvm_amd' : 'kvm_intel';
  const foreign = whose === 'AMD' ? 'kvm_intel' : 'kvm_amd';
  const black = quoted(
    block,
    new RegExp(`^\\s*(blacklist\\s+${own}|install\\s+${own}\\s+/bin/(true|false))\\b`),
  );
  const right = quoted(block, new RegExp(`^\\s*${own}\\s*$`));
  const wrong = quoted(block, new RegExp(`^\\s*${foreign}\\s*$`));
  return {
    blacklisted: black ? read('yes', black) : read('no', silence(block)),
    asksFor: right
      ? read('this vendor', right)
      : wrong
        ? read('other vendor', wrong)
        : read('nothing', silence(block)),
  };
}

const complaints = [
  ['disabled by firmware', /disabled by bios|(VMX|SVM) (not enabled|disabled) \(by BIOS\)/i],
  ['no hardware support', /no hardware support|(VMX|SVM) not supported by CPU/],
  ['enabling failed', /enabling virtualization on CPU\d+ failed/],
] as const;

function kernelSaid(report: Report): Reads<Name>['kernelSaid'] {
  const block = answerOf(report, 'dmesg | grep -iE "kvm');
  if (block === null || quoted(block, /^dmesg: /)) return null;
  const said = complaints.flatMap(([value, pattern]) => {
    const at = block.lines.findLastIndex((line) => pattern.test(line));
    const quote: Quote = {
      at: block.at + at + 1,
      line: block.lines[at] ?? '',
      command: block.command,
      silent: false,
    };
    return at < 0 ? [] : [{ value, quote }];
  });
  const last = said.sort((a, b) => b.quote.at - a.quote.at)[0];
  return last ? read(last.value, last.quote) : read('nothing', silence(block));
}

export const machineFacts = (report: Report): Reads<Name> => ({
  ...processor(report),
  vendor: vendor(report),
  ...modules(report),
  ...configured(report),
  kernelSaid: kernelSaid(report),
  driver: driver(report),
});
