/**
 * Telling user space that a device came, changed or went.
 *
 * Models: Linux 3.10 lib/kobject_uevent.c kobject_uevent_env, netlink multicast to every listener;
 *   virt/kvm/kvm_main.c kvm_uevent_notify_change (backported in 3.10.0-1062)
 * Leaves out: uevent_helper, network namespaces, the uevents of module objects.
 */
import { type Draft, original } from 'immer';
import { get, numbered } from './pages.ts';
import type { Uevent } from './request.ts';
import type { Kernel } from './state.ts';

/** Every netlink socket of the group gets a copy. */
export function multicast(kernel: Kernel, group: 'kernel' | 'udev', message: Uevent): void {
  // Sought in the state and not in the draft, which would make a draft of every open file.
  for (const [id, { kind }] of numbered(original(kernel.files) ?? kernel.files)) {
    const file = kind === 'netlink' ? get(kernel.files, id) : undefined;
    if (file?.kind === 'netlink' && file.group === group) file.queue.push(message as Draft<Uevent>);
  }
}

/** A kernel uevent of the device at `devpath` (below /sys). */
export function announce(
  kernel: Kernel,
  action: string,
  devpath: string,
  subsystem: string,
  extra: Readonly<Record<string, string>>,
): void {
  const seqnum = ++kernel.seqnum;
  const properties = {
    ACTION: action,
    DEVPATH: devpath,
    SUBSYSTEM: subsystem,
    ...extra,
    SEQNUM: String(seqnum),
  };
  multicast(kernel, 'kernel', { action, devpath, subsystem, seqnum, properties });
}

/** The properties that every uevent of a misc device carries. */
export const miscProperties = (minor: number, name: string): Record<string, string> => ({
  MAJOR: '10',
  MINOR: String(minor),
  DEVNAME: name === 'tun' ? 'net/tun' : name,
});
