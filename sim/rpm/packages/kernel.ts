/**
 * A newer kernel of CentOS 7, for the next boot.
 *
 * Models: kernel.spec 3.10.0-1160.el7 %files, %posttrans (new-kernel-pkg: the new kernel becomes the default entry)
 * Leaves out: the initramfs, the menu of the boot loader, the removal of old kernels. Of the image only the header is there,
 *   in which the kernel's version stands; the boot loader's default is a file of this package and not a scriptlet's doing.
 */
import {
  moduleAliases,
  moduleDependencies,
  moduleFile,
  moduleNames,
  moduleSection,
} from '../../kernel/moduleTable.ts';
import type { Package } from '../package.ts';

const release = '3.10.0-1160.el7.x86_64';
const modules = `/usr/lib/modules/${release}`;

export const kernel: Package = {
  name: 'kernel',
  epoch: 0,
  version: '3.10.0',
  release: '1160.el7',
  summary: 'The Linux kernel',
  requires: [],
  files: [
    {
      path: `/boot/vmlinuz-${release}`,
      mode: 0o755,
      content: `${release} #1 SMP Mon Oct 19 16:18:59 UTC 2020\n`,
    },
    { path: '/boot/grub2/grubenv', content: `saved_entry=CentOS Linux (${release}) 7 (Core)\n` },
    { path: `${modules}/modules.dep`, content: moduleDependencies },
    { path: `${modules}/modules.alias`, content: moduleAliases },
    ...moduleNames.map((name) => ({
      path: `${modules}/${moduleFile(name)}`,
      content: moduleSection(name, release),
    })),
  ],
  pre: [],
  post: [],
  postun: [],
};
