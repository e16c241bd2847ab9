/**
 * virt-host-validate: the tool that tells root that all is well.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BREAK, recordedHost } from './laboratory.ts';

const validate = suite('virt-host-validate');

const line = (what: string) => `  QEMU: Checking ${what.padEnd(60)}: `;

validate('under the broken ACL root passes, because root may do anything', () => {
  const lab = recordedHost();
  lab.run(BREAK);
  const { stdout } = lab.run('virt-host-validate qemu');
  assert.match(stdout, `${line('for hardware virtualization')}PASS\n`);
  assert.match(stdout, `${line('if device /dev/kvm exists')}PASS\n`);
  assert.match(stdout, `${line('if device /dev/kvm is accessible')}PASS\n`);
});

validate('the other tools of its family are refused, and -q prints nothing', () => {
  const lab = recordedHost();
  const { stderr, status } = lab.run('virt-host-validate xen');
  assert.equal([stderr, status], ['virt-host-validate: unsupported hypervisor name xen\n', 1]);
  assert.is(lab.run('virt-host-validate -q qemu').stdout, '');
});

validate.run();
