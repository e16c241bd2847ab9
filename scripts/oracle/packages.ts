/**
 * What a live judge needs of this machine, and what it lacks.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Program -> the Debian package that has it. */
const programs: Readonly<Record<string, string>> = {
  bash: 'bash',
  setfacl: 'acl',
  getfattr: 'attr',
  udevadm: 'udev',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  find: 'findutils',
  stat: 'coreutils',
};

/** Whose versions the simulated Debian 12 has. */
const versions: readonly (readonly [program: string, words: RegExp])[] = [
  ['bash --version', /version 5\.2\./],
  ['setfacl --version', /^setfacl 2\.3\.1$/m],
  ['udevadm --version', /^252\b/],
  ['stat --version', /coreutils\) 9\.1$/m],
];

const shell = (command: string) => spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' });

const isDebian12 = (): boolean => {
  try {
    return /^VERSION_ID="12"$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
};

/** What one could install: the package that is missing, or has another version; null when all is there. */
export function missingPackage(): string | null {
  for (const [program, debian] of Object.entries(programs))
    if (shell(`command -v ${program}`).status !== 0)
      return `package ${debian} missing (${program})`;
  for (const [command, words] of versions) {
    const { stdout } = shell(command);
    if (!words.test(stdout)) return `another version than Debian 12's: ${stdout.split('\n')[0]}`;
  }
  return null;
}

/** What no package mends; null when judges can sit on this machine. */
export function unfitMachine(): string | null {
  if (process.platform !== 'linux') return 'this is no Linux';
  if (process.getuid?.() !== 0) return 'root is needed for namespaces and device nodes';
  if (!isDebian12()) return 'this is no Debian 12, whose versions the simulated host has';
  if (shell('unshare -m -n -u -p -f --mount-proc true').status !== 0)
    return 'no private namespaces can be made here (unshare fails)';
  return null;
}

/** udev is judged on the real device. */
export const hasKvm = (): boolean => existsSync('/sys/class/misc/kvm');
