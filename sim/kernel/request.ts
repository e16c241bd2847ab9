/**
 * A system call as data: what a program asks of the kernel, and what the kernel answers.
 *
 * Models: the system calls of Linux that the modelled programs make, by their names
 *
 * Programs never see the kernel's state: they yield one Request and receive one Answer. The typed
 * wrappers in libc/sys.ts pair each call with its answer. An answer is the value, or `{ errno }`.
 * Paths are absolute or relative to the task's working directory. Times are milliseconds since 1970.
 * File contents are text; xattr values are hex.
 */
import type { Credentials } from './credentials.ts';
import type { Failure } from './errno.ts';
import type { FileType } from './inode.ts';

export type OpenFlag =
  | 'read'
  | 'write'
  | 'create'
  | 'excl'
  | 'trunc'
  | 'append'
  | 'directory'
  | 'nofollow'
  | 'path';

export type Signal =
  | 'SIGHUP'
  | 'SIGINT'
  | 'SIGKILL'
  | 'SIGPIPE'
  | 'SIGTERM'
  | 'SIGCHLD'
  | 'SIGUSR1';

/** struct linux_dirent64: what a directory itself knows of a name. */
export type Dirent = Readonly<{ name: string; type: FileType }>;

/** struct stat; `acl` is not part of it, as in life. */
export type Stat = Readonly<{
  type: FileType;
  /** Twelve bits: suid, sgid, sticky and the nine permission bits. */
  mode: number;
  ino: number;
  dev: string;
  nlink: number;
  uid: number;
  gid: number;
  /** Device nodes only, e.g. [10, 232]. */
  rdev: readonly [number, number] | null;
  size: number;
  /** Of 512 bytes. */
  blocks: number;
  atime: number;
  mtime: number;
  ctime: number;
}>;

/** How posix_spawn changes the child: descriptors, working directory, umask, credentials. */
export type SpawnOptions = Readonly<{
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  umask?: number;
  credentials?: Credentials;
  /** fd of the child -> fd of the caller. Standard 0, 1, 2 are inherited where not named. */
  fds?: Readonly<Record<number, number>>;
  /** False: the child's standard descriptors are /dev/null. */
  inherit?: boolean;
  /** The controlling terminal, e.g. 'tty1'; null for none; inherited where absent. */
  tty?: string | null;
  /** True: the child is re-parented to PID 1 at once (the double fork of daemons). */
  daemon?: boolean;
}>;

export type ExitStatus = Readonly<{ pid: number; code: number; signal: Signal | null }>;

/** A netlink uevent: its action, the device's path below /sys, and its properties. */
export type Uevent = Readonly<{
  action: string;
  devpath: string;
  subsystem: string;
  seqnum: number;
  properties: Readonly<Record<string, string>>;
}>;

export type Ioctl =
  | Readonly<{ name: 'KVM_GET_API_VERSION' }>
  | Readonly<{ name: 'KVM_CHECK_EXTENSION'; extension: string }>
  | Readonly<{ name: 'KVM_GET_SUPPORTED_CPUID' }>
  | Readonly<{ name: 'KVM_GET_MSRS'; index: number }>
  | Readonly<{ name: 'KVM_SET_MSRS'; index: number; value: number }>
  | Readonly<{ name: 'KVM_GET_TSC_KHZ' }>
  | Readonly<{ name: 'KVM_CREATE_VM'; type: number }>
  | Readonly<{ name: 'KVM_CREATE_VCPU'; id: number }>
  | Readonly<{ name: 'KVM_SET_TSS_ADDR' }>
  | Readonly<{ name: 'KVM_CREATE_IRQCHIP' }>
  | Readonly<{ name: 'VT_ACTIVATE'; vt: number }>;

/** File system calls. */
type FileRequest =
  | { call: 'open'; path: string; flags: readonly OpenFlag[]; mode: number }
  | { call: 'close'; fd: number }
  | { call: 'read'; fd: number }
  /** `stdio`: by way of the C library, which keeps it back as long as standard output is no terminal. */
  | { call: 'write'; fd: number; data: string; stdio?: true }
  | { call: 'getdents'; fd: number }
  | { call: 'stat' | 'lstat'; path: string }
  | { call: 'fstat'; fd: number }
  | { call: 'access'; path: string; want: number }
  | { call: 'chmod'; path: string; mode: number }
  | { call: 'chown' | 'lchown'; path: string; uid: number; gid: number }
  | {
      call: 'utimensat';
      path: string;
      atime: number | null;
      mtime: number | null;
      /** AT_SYMLINK_NOFOLLOW. */
      nofollow?: true;
    }
  | { call: 'getxattr'; path: string; name: string }
  | { call: 'listxattr'; path: string }
  | { call: 'setxattr'; path: string; name: string; value: string }
  | { call: 'removexattr'; path: string; name: string }
  | { call: 'unlink' | 'rmdir' | 'readlink'; path: string }
  | { call: 'mkdir'; path: string; mode: number }
  | {
      call: 'mknod';
      path: string;
      type: FileType;
      mode: number;
      rdev: readonly [number, number] | null;
    }
  | { call: 'remount'; path: string; nodev: boolean; readonly: boolean }
  | { call: 'symlink'; target: string; path: string }
  | { call: 'link' | 'rename'; from: string; path: string }
  | { call: 'chdir'; path: string }
  | { call: 'getcwd' }
  | { call: 'umask'; mask: number }
  | { call: 'ioctl'; fd: number; request: Ioctl };

/** Sockets: unix streams by path, netlink groups for uevents. All blocking. */
type SocketRequest =
  | { call: 'pipe' }
  | { call: 'listen'; path: string; backlog: number }
  | { call: 'accept'; fd: number }
  | { call: 'connect'; path: string }
  | { call: 'peercred'; fd: number }
  | { call: 'netlink'; group: 'kernel' | 'udev' }
  | { call: 'recvmsg'; fd: number }
  | { call: 'sendmsg'; fd: number; message: Uevent }
  | { call: 'poll'; fds: readonly number[]; timeout: number | null };

/** Tasks, signals, time. */
type TaskRequest =
  | { call: 'spawn'; path: string; argv: readonly string[]; options: SpawnOptions }
  | { call: 'execve'; path: string; argv: readonly string[]; env: Readonly<Record<string, string>> }
  | { call: 'exit'; code: number }
  | { call: 'wait'; pid: number; nohang: boolean }
  | { call: 'kill'; pid: number; signal: Signal }
  | { call: 'sigaction'; catch: readonly Signal[] }
  | { call: 'sigpending' }
  | { call: 'getpid' | 'getppid' | 'getcred' | 'gettty' | 'gettasks' }
  | { call: 'setcred'; credentials: Credentials }
  | { call: 'nanosleep'; ms: number }
  | { call: 'clock' }
  | { call: 'uname' }
  | { call: 'syslog' }
  | { call: 'reboot' };

type ModuleRequest =
  | { call: 'init_module'; name: string; params: Readonly<Record<string, string>> }
  | { call: 'delete_module'; name: string };

export type Request = (FileRequest | SocketRequest | TaskRequest | ModuleRequest) & {
  /** Where the real program makes this call: 'systemd v219 src/udev/udev-node.c node_permissions_apply'. */
  source?: string;
};

/** Whatever the call answers, or why it failed. Typed per call in libc/sys.ts. */
export type Answer = unknown | Failure;
