/** The same as module-reload, each event running to its end: then nothing can come between. */
import type { HostModel } from '../sim/explain/models/model.ts';

export const ruleFromBoot: HostModel = {
  title: 'the rule is there from boot',
  asks: '80-kvm.rules has been there since boot. While every event runs to its end before the next, can anything lock the group out?',
  profile: 'centos7',
  setup: { packages: ['qemu-kvm-ev'] },
  grain: 'coarse',
  events: ['login', 'root login', 'logout', 'trigger', 'udevd restart', 'module reload', 'reboot'],
  always: ['the incident is not there'],
  sometimes: ['group kvm has its rights', 'somebody has an entry of his own'],
};
