/**
 * The running processes, as /proc tells them.
 *
 * Models: procps-ng 3.3.10 proc/readproc.c
 */
import { failed } from '../../kernel/errno.ts';
import { users } from '../../libc/nss.ts';
import { readDir, readFile, type Sys } from '../../libc/sys.ts';

export type Process = Readonly<{
  pid: number;
  ppid: number;
  uid: number;
  user: string;
  comm: string;
  cmdline: string;
  state: string;
  tty: string;
  started: number;
}>;

function* one(pid: string, names: ReadonlyMap<number, string>): Sys<Process | null> {
  const status = yield* readFile(`/proc/${pid}/status`);
  const cmdline = yield* readFile(`/proc/${pid}/cmdline`);
  const stat = yield* readFile(`/proc/${pid}/stat`);
  if (failed(status) || failed(cmdline) || failed(stat)) return null;
  const value = (key: string) => new RegExp(`^${key}:\\t(\\S+)`, 'm').exec(status)?.[1] ?? '';
  const [, state = '?', ppid = '0', tty = '-', started = '0'] =
    /\) (\S) (\d+) (\S+) (\d+)/.exec(stat) ?? [];
  const uid = Number(value('Uid'));
  const comm = value('Name');
  const words = cmdline.split('\0').filter(Boolean).join(' ');
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    uid,
    user: names.get(uid) ?? String(uid),
    comm,
    cmdline: words === '' ? `[${comm}]` : words,
    state,
    tty: tty === '-' ? '?' : tty,
    started: Number(started),
  };
}

export function* processes(): Sys<Process[]> {
  const names = new Map((yield* users()).map((u): [number, string] => [u.uid, u.name]));
  const entries = yield* readDir('/proc');
  const found: Process[] = [];
  for (const name of failed(entries) ? [] : entries) {
    const process = /^\d+$/.test(name) ? yield* one(name, names) : null;
    if (process) found.push(process);
  }
  return found.sort((a, b) => a.pid - b.pid);
}
