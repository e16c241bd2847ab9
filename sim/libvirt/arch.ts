/**
 * Architectures and their numbers, which the debug log prints.
 *
 * Models: libvirt v5.0.0 src/util/virarch.c virArchData; src/qemu/qemu_capabilities.c
 *   virQEMUCapsGuestIsNative, virQEMUCapsArchToString, virQEMUCapsArchFromString,
 *   virQEMUCapsFindTarget, preferredMachines
 * Leaves out: endianness; which other architectures QEMU has a preferred machine for.
 */
const names = (
  'none alpha armv6l armv7l armv7b aarch64 cris i686 ia64 lm32 m68k microblaze microblazeel mips ' +
  'mipsel mips64 mips64el openrisc parisc parisc64 ppc ppcle ppc64 ppc64le ppcemb riscv32 riscv64 ' +
  's390 s390x sh4 sh4eb sparc sparc64 unicore32 x86_64 xtensa xtensaeb'
).split(' ');

const wide = new Set(
  'alpha aarch64 ia64 mips64 mips64el parisc64 ppc64 ppc64le riscv64 s390x sparc64 x86_64'.split(
    ' ',
  ),
);

/** Every architecture but `none`, in the order of the enum: i686 comes long before x86_64. */
export const architectures: readonly string[] = names.slice(1);

/** virArchFromString; 0, `none`, for a name it does not know. */
export const archNumber = (name: string): number => Math.max(0, names.indexOf(name));

export const isArch = (name: string): boolean => archNumber(name) > 0;

export const wordsize = (name: string): number => (wide.has(name) ? 64 : 32);

export const isX86 = (name: string): boolean => name === 'i686' || name === 'x86_64';

/** The name that QEMU's binaries bear. */
export const qemuArch = (name: string): string =>
  name === 'i686' ? 'i386' : name === 'armv7l' ? 'arm' : name === 'openrisc' ? 'or32' : name;

/** virQEMUCapsArchFromString: what query-target answers. */
export const fromQemuArch = (name: string): string =>
  name === 'i386' ? 'i686' : name === 'arm' ? 'armv7l' : name === 'or32' ? 'openrisc' : name;

/** Can a host of one architecture run guests of the other without translating instructions? */
export const isNative = (host: string, guest: string): boolean =>
  host === guest ||
  (host === 'x86_64' && guest === 'i686') ||
  (host === 'aarch64' && guest === 'armv7l') ||
  (host === 'armv7l' && guest === 'armv7l') ||
  ((host === 'ppc64' || host === 'ppc64le') && (guest === 'ppc64' || guest === 'ppc64le'));

/** virQEMUCapsFindTarget: native guests run in the host's own binary. */
export const findTarget = (host: string, guest: string): string =>
  isNative(host, guest) ? host : guest === 'ppc64le' ? 'ppc64' : guest;
