/**
 * What differs between the kernels of the profiles, each difference under a name.
 */
export type KernelSwitches = Readonly<{
  release: string;
  version: string;
  /**
   * Resolution of file times and the time one system call takes: HZ=1000 on el7, HZ=250 on Debian.
   * Source: Linux fs current_kernel_time (3.10), ktime_get_coarse_real_ts64 (6.x)
   */
  tickMs: number;
  /** Does removing an ACL bump ctime? 3.10 fs/generic_acl.c generic_acl_set: no; 6.x simple_set_acl: yes. */
  removexattrBumpsCtime: boolean;
  /** kvm_intel's `nested` parameter where nobody sets it: 3.10 vmx.c nested=0; 4.20 and later 1. */
  nestedByDefault: boolean;
  /** arch/x86/kvm init messages: 3.10's short sentences, or those of 6.1 that name the vendor module. */
  kvmMessages: 'plain' | 'named';
  /** 6.12: kvm.enable_virt_at_load. VMX is turned on when the module loads, not when the first VM is made. */
  virtAtLoad: boolean;
  /** CPUID 0x40000001 EAX, the paravirtual features: arch/x86/kvm/cpuid.c __do_cpuid_func. */
  kvmFeatures: number;
}>;

export const linuxEl7: KernelSwitches = {
  release: '3.10.0-1062.el7.x86_64',
  version: '#1 SMP Wed Aug 7 18:08:02 UTC 2019',
  tickMs: 1,
  removexattrBumpsCtime: false,
  nestedByDefault: false,
  kvmMessages: 'plain',
  virtAtLoad: false,
  kvmFeatures: 0x010000fb,
};

export const linux61: KernelSwitches = {
  release: '6.1.0-49-amd64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1',
  tickMs: 4,
  removexattrBumpsCtime: true,
  nestedByDefault: true,
  kvmMessages: 'named',
  virtAtLoad: false,
  kvmFeatures: 0x01007efb,
};

export const linux618: KernelSwitches = {
  ...linux61,
  release: '6.18',
  version: '#1 SMP PREEMPT_DYNAMIC @0',
  virtAtLoad: true,
};
