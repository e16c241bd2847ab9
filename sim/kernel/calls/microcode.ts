/**
 * Loading microcode into running processors: `echo 1 > /sys/devices/system/cpu/microcode/reload`.
 *
 * Models: Linux 3.10.0-1062 arch/x86/kernel/cpu/microcode/core.c reload_store; intel.c request_microcode_fw; amd.c
 *   request_microcode_amd
 * Leaves out: patches themselves. The firmware's file is a line of text here, `revision 0xb000040`; an older one is passed over.
 */
import { type Call, find, type Outcome } from '../call.ts';
import { failed } from '../errno.ts';
import type { Hardware } from '../hardware.ts';

export const RELOAD = '/sys/devices/system/cpu/microcode/reload';

const hex = (n: number) => n.toString(16).padStart(2, '0');

/** The file that the kernel asks for, by family, model and stepping. */
export const firmwareFile = ({ vendor, family, model, stepping }: Hardware): string =>
  vendor === 'GenuineIntel'
    ? `/usr/lib/firmware/intel-ucode/${hex(family)}-${hex(model)}-${hex(stepping)}`
    : `/usr/lib/firmware/amd-ucode/microcode_amd_fam${hex(family)}h.bin`;

export function reloadMicrocode(call: Call, data: string): Outcome {
  if (data.trim() !== '1') return data.trim() === '0' ? data.length : { errno: 'EINVAL' };
  const { hardware } = call.kernel;
  const place = find(call, firmwareFile(hardware));
  const text = failed(place) ? '' : (place.inode?.content ?? '');
  const revision = Number(/^revision (0x[0-9a-f]+)$/m.exec(text)?.[1] ?? 0);
  if (revision <= hardware.microcode) return data.length;
  const kernel = call.draft();
  kernel.hardware.microcode = revision;
  const said = `microcode: updated to revision 0x${revision.toString(16)}`;
  kernel.dmesg.push({ at: call.now, text: said });
  return data.length;
}
