/**
 * The options that QEMU knows, and which of them take an argument.
 *
 * Models: QEMU v2.12.0 qemu-options.hx, vl.c lookup_opt (el7's build)
 * Leaves out: that 4.0 to 7.2 removed some of these.
 *
 * Two dashes are as good as one. There are no abbreviations, and no `--name=value`.
 */
import { words } from './data/tables.ts';

const withArgument = words(`
  machine M cpu accel smp numa add-fd set global boot m mem-path k soundhw balloon device name
  uuid fda fdb hda hdb hdc hdd cdrom blockdev drive mtdblock sd pflash fsdev virtfs iscsi
  usbdevice display spice rotate vga g vnc acpitable smbios tftp bootp redir smb netdev nic net
  chardev bt tpmdev kernel append initrd dtb fw_cfg serial parallel monitor qmp qmp-pretty mon
  debugcon pidfile realtime gdb d D dfilter L bios xen-domid loadvm option-rom clock startdate
  rtc icount watchdog watchdog-action echr virtioconsole tb-size incoming chroot runas prom-env
  semihosting-config sandbox readconfig writeconfig trace qtest qtest-log msg dump-vmstate
  object`);

const withoutArgument = words(`
  help version mem-prealloc audio-help snapshot virtfs_synth usb nographic curses no-frame
  alt-grab ctrl-grab no-quit sdl portrait full-screen win2k-hack rtc-td-hack no-fd-bootchk
  no-acpi no-hpet singlestep S s enable-kvm enable-hax xen-create xen-attach xen-domid-restrict
  no-reboot no-shutdown daemonize localtime show-cursor only-migratable nodefaults semihosting
  old-param nodefconfig no-user-config enable-fips no-kvm no-kvm-pit-reinjection no-kvm-irqchip
  tdf h`);

/** What 3.0 to 7.2 have more, with an argument. */
const newer = words('audiodev compat action overcommit');

export type Option = Readonly<{
  name: string;
  value: string | null;
  /** As typed, for the messages about it. */
  at: string;
}>;

export type Options =
  | Readonly<{ options: readonly Option[]; disk: string | null }>
  | Readonly<{ message: string; at: string }>;

function takesArgument(name: string, modern: boolean): boolean | null {
  if (withArgument.includes(name) || (modern && newer.includes(name))) return true;
  return withoutArgument.includes(name) ? false : null;
}

/** lookup_opt over a whole command line; the first offence ends it. A word without a dash is the disk image. */
export function parseOptions(argv: readonly string[], modern: boolean): Options {
  const options: Option[] = [];
  let disk: string | null = null;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (!word.startsWith('-')) {
      disk = word;
      continue;
    }
    const name = word.replace(/^--?/, '');
    const argument = takesArgument(name, modern);
    if (argument === null) return { message: 'invalid option', at: word };
    if (!argument) options.push({ name, value: null, at: word });
    else {
      const value = argv[++i];
      if (value === undefined) return { message: 'requires an argument', at: word };
      options.push({ name, value, at: `${word} ${value}` });
    }
  }
  return { options, disk };
}
