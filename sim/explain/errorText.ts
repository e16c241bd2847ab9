/**
 * The errors by which a missing KVM shows, and what in them counts.
 *
 * Models: the messages of libvirt (src/conf/capabilities.c, src/qemu/qemu_domain.c, qemu_process.c, qemu_driver.c) and
 *   QEMU (accel/kvm/kvm-all.c, accel/accel.c)
 *
 * Paths, names, pids and times differ from host to host. Two texts tell of the same error if they are of the same kind
 * and give the same reason.
 */
export type KnownError = Readonly<{
  /** Which message: `could not find capabilities`. */
  kind: string;
  /** What it names as the reason: `Permission denied`, or the domain type; may be empty. */
  reason: string;
  /** The line it stands in. */
  line: string;
}>;

/** The deepest first: libvirt repeats what QEMU has said. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['Could not access KVM kernel module', /Could not access KVM kernel module: ([A-Z][a-z ]+[a-z])/],
  ['ioctl(KVM_CREATE_VM) failed', /ioctl\(KVM_CREATE_VM\) failed: \d+ ([A-Z][a-z ]+[a-z])/],
  ['failed to initialize KVM', /failed to initialize (?:KVM|kvm): ([A-Z][a-z ]+[a-z])/],
  ['is not executable', /QEMU binary \S+ is not executable/],
  ['could not find capabilities', /could not find capabilities for .*domaintype=(kvm)/],
  ['does not support virt type', /does not support virt type '(kvm)'/],
  ['Domain requires KVM', /Domain requires KVM, but it is not available/],
  ['KVM is not supported', /KVM is not supported by '[^']+' on this host/],
];

export function knownError(text: string): KnownError | null {
  for (const [kind, pattern] of kinds) {
    for (const line of text.split('\n')) {
      const found = pattern.exec(line);
      if (found !== null) return { kind, reason: found[1] ?? '', line: line.trim() };
    }
  }
  return null;
}

export const sameError = (a: KnownError, b: KnownError): boolean =>
  a.kind === b.kind && a.reason === b.reason;

/** Every known error in a text that several programs wrote. */
export const knownErrors = (text: string): KnownError[] =>
  text.split('\n').flatMap((line) => knownError(line) ?? []);
