/** What a report can tell of the processor, the kernel's modules, and what the kernel has said. */
import type { Subject } from './fact.ts';

export const machine = {
  processor: {
    ask: 'grep -m1 ^flags /proc/cpuinfo',
    values: {
      vmx: { en: 'the processor has vmx', zh: '处理器有 vmx' },
      svm: { en: 'the processor has svm', zh: '处理器有 svm' },
      neither: { en: 'the processor shows neither vmx nor svm', zh: '处理器既无 vmx 也无 svm' },
    },
  },
  below: {
    ask: 'grep -m1 ^flags /proc/cpuinfo',
    values: {
      hypervisor: { en: 'this host is a virtual machine itself', zh: '本机自身就是虚拟机' },
      nothing: { en: 'no hypervisor lies below', zh: '下面没有虚拟机管理程序' },
    },
  },
  vendor: {
    ask: 'grep -m1 ^vendor_id /proc/cpuinfo',
    values: {
      Intel: { en: "it is one of Intel's", zh: '处理器是 Intel 的' },
      AMD: { en: "it is one of AMD's", zh: '处理器是 AMD 的' },
      other: { en: 'it is neither of Intel nor of AMD', zh: '处理器既非 Intel 也非 AMD' },
    },
  },
  module: {
    ask: 'grep ^kvm /proc/modules',
    values: {
      kvm_intel: { en: 'kvm_intel is loaded', zh: 'kvm_intel 已加载' },
      kvm_amd: { en: 'kvm_amd is loaded', zh: 'kvm_amd 已加载' },
      'built in': { en: 'KVM is built into the kernel', zh: 'KVM 编译在内核里' },
      'kvm alone': {
        en: 'kvm is loaded, without kvm_intel or kvm_amd',
        zh: '只加载了 kvm，没有 kvm_intel 或 kvm_amd',
      },
      none: { en: 'no module of KVM is loaded', zh: '没有加载 KVM 的任何模块' },
    },
  },
  blacklisted: {
    ask: 'grep -r kvm /etc/modprobe.d',
    values: {
      yes: { en: "this processor's module is blacklisted", zh: '本处理器的模块在黑名单里' },
      no: { en: 'no blacklist names its module', zh: '黑名单里没有它的模块' },
    },
  },
  asksFor: {
    ask: 'grep -r kvm /etc/modules-load.d /etc/modules',
    values: {
      'other vendor': {
        en: "boot loads the other vendor's module",
        zh: '开机加载的是另一家处理器的模块',
      },
      'this vendor': { en: 'boot loads the right module', zh: '开机加载的模块正确' },
      nothing: {
        en: 'no module of KVM is listed to be loaded',
        zh: '没有列出开机要加载的 KVM 模块',
      },
    },
  },
  rival: {
    ask: 'grep -E "^(vbox|vmmon|vmw)" /proc/modules',
    values: {
      yes: { en: 'another hypervisor is loaded', zh: '加载了另一个虚拟机管理程序' },
      no: { en: 'no other hypervisor is loaded', zh: '没有加载别的虚拟机管理程序' },
    },
  },
  kernelSaid: {
    ask: 'dmesg | grep -i kvm',
    values: {
      'disabled by firmware': {
        en: 'the kernel says that the firmware has switched it off',
        zh: '内核说固件关闭了它',
      },
      'no hardware support': {
        en: 'the kernel says that the processor has not got what the module needs',
        zh: '内核说处理器没有模块所需的功能',
      },
      'enabling failed': {
        en: 'the kernel could not switch virtualization on: somebody else has',
        zh: '内核无法启用虚拟化：已被别人启用',
      },
      nothing: { en: 'the kernel complains of nothing', zh: '内核没有抱怨' },
    },
  },
  driver: {
    ask: 'grep kvm /proc/misc',
    values: {
      registered: { en: 'a driver stands behind the node', zh: '节点背后有驱动' },
      absent: { en: 'no driver has registered for 10:232', zh: '没有驱动注册 10:232' },
    },
  },
} as const satisfies Record<string, Subject>;
