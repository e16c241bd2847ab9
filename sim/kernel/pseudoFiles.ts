/**
 * The computed files of /proc and /sys: a path, and how its text comes about.
 *
 * Models: nothing of the kernel; the form in which procfs.ts and sysfs.ts hand their files to pseudo.ts.
 * A text of `-> target` is a symlink. Directories follow from the paths.
 */
export type PseudoFiles = Readonly<Record<string, () => string>>;
