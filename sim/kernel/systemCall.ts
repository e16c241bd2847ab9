/**
 * From the name of a system call to the code that carries it out.
 *
 * Models: Linux 3.10 arch/x86/syscalls/syscall_64.tbl, as far as modelled programs use it
 */
import { type Call, type Outcome, PARK } from './call.ts';
import * as attributes from './calls/attributes.ts';
import { ioctl } from './calls/devices.ts';
import * as files from './calls/files.ts';
import { deleteModule, initModule } from './calls/modules.ts';
import { remount } from './calls/mount.ts';
import * as names from './calls/names.ts';
import * as sockets from './calls/sockets.ts';
import { flushed, print, write } from './calls/stdio.ts';
import * as tasks from './calls/tasks.ts';
import type { Request } from './request.ts';

/** One call of one task. Throws for a name that no code stands behind. */
export function systemCall(call: Call, r: Request): Outcome {
  switch (r.call) {
    case 'open':
      return files.open(call, r.path, r.flags, r.mode);
    case 'read':
      return files.read(call, r.fd);
    case 'write':
      return r.stdio ? print(call, r.data) : write(call, r.fd, r.data);
    case 'getdents':
      return files.getdents(call, r.fd);
    case 'stat':
    case 'lstat':
      return attributes.statPath(call, r.path, r.call === 'stat');
    case 'fstat':
      return attributes.fstat(call, r.fd);
    case 'access':
      return attributes.access(call, r.path, r.want);
    case 'chmod':
      return attributes.chmod(call, r.path, r.mode);
    case 'chown':
    case 'lchown':
      return attributes.chown(call, r.path, r.uid, r.gid, r.call === 'chown');
    case 'utimensat':
      return attributes.utimensat(call, r.path, r.atime, r.mtime, r.nofollow !== true);
    case 'listxattr':
      return attributes.listxattr(call, r.path);
    case 'getxattr':
      return attributes.getxattr(call, r.path, r.name);
    case 'setxattr':
      return attributes.setxattr(call, r.path, r.name, r.value);
    case 'removexattr':
      return attributes.removexattr(call, r.path, r.name);
    case 'unlink':
      return names.unlink(call, r.path);
    case 'rmdir':
      return names.rmdir(call, r.path);
    case 'readlink':
      return names.readlink(call, r.path);
    case 'mkdir':
      return names.mkdir(call, r.path, r.mode);
    case 'mknod':
      return names.mknod(call, r.path, r.type, r.mode, r.rdev);
    case 'remount':
      return remount(call, r.path, r.nodev, r.readonly);
    case 'symlink':
      return names.symlink(call, r.target, r.path);
    case 'link':
      return names.link(call, r.from, r.path);
    case 'rename':
      return names.rename(call, r.from, r.path);
    case 'ioctl':
      return ioctl(call, r.fd, r.request);
    default:
      return socketCall(call, r);
  }
}

function socketCall(call: Call, r: Request): Outcome {
  switch (r.call) {
    case 'pipe':
      return sockets.pipe(call);
    case 'listen':
      return sockets.listen(call, r.path, r.backlog);
    case 'accept':
      return sockets.accept(call, r.fd);
    case 'connect':
      return sockets.connect(call, r.path);
    case 'peercred':
      return sockets.peercred(call, r.fd);
    case 'netlink':
      return sockets.netlink(call, r.group);
    case 'recvmsg':
      return sockets.recvmsg(call, r.fd);
    case 'sendmsg':
      return sockets.sendmsg(call, r.fd, r.message);
    case 'poll':
      return sockets.poll(call, r.fds);
    default:
      return taskCall(call, r);
  }
}

function taskCall(call: Call, r: Request): Outcome {
  switch (r.call) {
    case 'spawn':
      return tasks.spawn(call, r.path, r.argv, r.options);
    case 'execve':
      return tasks.execve(call, r.path, r.argv, r.env);
    case 'exit':
      return tasks.end(flushed(call), call.task.pid, {
        pid: call.task.pid,
        code: r.code & 0xff,
        signal: null,
      });
    case 'wait':
      return tasks.wait(call, r.pid, r.nohang);
    case 'kill':
      return tasks.kill(call, r.pid, r.signal);
    case 'sigaction':
      return tasks.sigaction(call, r.catch);
    case 'sigpending':
      return tasks.sigpending(call);
    case 'setcred':
      return tasks.setcred(call, r.credentials);
    case 'chdir':
      return tasks.chdir(call, r.path);
    case 'umask':
      return tasks.umask(call, r.mask);
    case 'close':
      return tasks.close(call, r.fd);
    case 'reboot':
      return tasks.reboot(call);
    case 'init_module':
      return initModule(call, r.name, r.params);
    case 'delete_module':
      return deleteModule(call, r.name);
    default:
      return question(call, r);
  }
}

/** Calls that change nothing. */
function question(call: Call, r: Request): Outcome {
  switch (r.call) {
    case 'getpid':
      return call.task.pid;
    case 'getppid':
      return call.task.ppid;
    case 'getcred':
      return call.task.cred;
    case 'gettty':
      return call.task.tty;
    case 'getcwd':
      return call.task.cwd;
    case 'clock':
      return call.now;
    case 'uname':
      return tasks.sysinfo(call.kernel);
    case 'syslog':
      return call.kernel.dmesg.map(({ at, text }) => `${at - call.kernel.bootedAt} ${text}`);
    case 'nanosleep':
      return PARK;
    default:
      throw new Error(`system call ${r.call} has no code; see kernel/systemCall.ts`);
  }
}
