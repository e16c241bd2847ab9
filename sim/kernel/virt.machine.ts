/**
 * Who has the processor's virtualization switched on: nobody, KVM, or another hypervisor.
 *
 * Models: Linux 3.10 virt/kvm/kvm_main.c hardware_enable_all, hardware_disable_all, kvm_create_vm, kvm_destroy_vm;
 *   arch/x86/kvm/vmx.c hardware_enable (EBUSY when CR4.VMXE is already set)
 * Leaves out: the per-CPU steps; a CPU that comes or goes while guests run.
 *
 *   off --vm.created--> kvm --vm.destroyed, last--> off
 *    |                                               ^
 *    +--other.started--> other --other.stopped-------+
 *
 * Invariant: KVM holds VMX exactly while at least one VM exists (before Linux 6.12).
 */
import { assign, setup } from 'xstate';
import { drive } from './drive.ts';

export type VirtMemory = Readonly<{
  /** VMs that exist now, and how many were ever made: COUNT and CREATED of the uevents. */
  active: number;
  created: number;
}>;

export type VirtEvent =
  | { type: 'vm.created' }
  | { type: 'vm.destroyed' }
  | { type: 'other.started' }
  | { type: 'other.stopped' };

export const virtualization = setup({
  types: { context: {} as VirtMemory, events: {} as VirtEvent },
  guards: { last: ({ context }) => context.active === 1 },
  actions: {
    count: assign(({ context }) => ({ active: context.active + 1, created: context.created + 1 })),
    discount: assign(({ context }) => ({ active: context.active - 1 })),
  },
}).createMachine({
  id: 'virtualization',
  context: { active: 0, created: 0 },
  initial: 'off',
  states: {
    off: {
      description: 'VMX is off on every CPU; the first VM turns it on.',
      on: {
        'vm.created': { target: 'kvm', actions: 'count' },
        'other.started': 'other',
      },
    },
    kvm: {
      description: 'At least one KVM guest exists.',
      on: {
        'vm.created': { actions: 'count' },
        'vm.destroyed': [
          { guard: 'last', target: 'off', actions: 'discount' },
          { actions: 'discount' },
        ],
      },
    },
    other: {
      description:
        'Another hypervisor (VirtualBox, VMware) has set CR4.VMXE: KVM_CREATE_VM answers EBUSY.',
      on: { 'other.stopped': 'off' },
    },
  },
});

export type VirtState = 'off' | 'kvm' | 'other';
export type VirtSnapshot = Readonly<{ value: VirtState; context: VirtMemory }>;

export const virtOff: VirtSnapshot = { value: 'off', context: { active: 0, created: 0 } };

export function virtAfter(virt: VirtSnapshot, event: VirtEvent): VirtSnapshot {
  const { value, context } = drive(virtualization, virt, event);
  return { value, context };
}
