/**
 * Users and groups, read from /etc/passwd and /etc/group anew at every call, as the `files` service does.
 *
 * Models: glibc 2.17 nss/nss_files, grp/initgroups.c getgrouplist
 * Leaves out: nscd, shadow passwords, other name services.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from './sys.ts';

export type User = Readonly<{
  name: string;
  uid: number;
  gid: number;
  gecos: string;
  home: string;
  shell: string;
}>;

export type Group = Readonly<{ name: string; gid: number; members: readonly string[] }>;

const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));

export const parsePasswd = (text: string): User[] =>
  rows(text).map(([name = '', , uid = '', gid = '', gecos = '', home = '', shell = '']) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    gecos,
    home,
    shell,
  }));

export const parseGroup = (text: string): Group[] =>
  rows(text).map(([name = '', , gid = '', members = '']) => ({
    name,
    gid: Number(gid),
    members: members === '' ? [] : members.split(','),
  }));

/** Supplementary groups of a user: the primary one first, then every group that names the user. */
export const groupList = (groups: readonly Group[], name: string, gid: number): number[] => [
  ...new Set([gid, ...groups.filter((g) => g.members.includes(name)).map((g) => g.gid)]),
];

export function* users(): Sys<readonly User[]> {
  const text = yield* readFile('/etc/passwd');
  return failed(text) ? [] : parsePasswd(text);
}

export function* groups(): Sys<readonly Group[]> {
  const text = yield* readFile('/etc/group');
  return failed(text) ? [] : parseGroup(text);
}

export function* getpwnam(name: string): Sys<User | null> {
  return (yield* users()).find((u) => u.name === name) ?? null;
}

export function* getpwuid(uid: number): Sys<User | null> {
  return (yield* users()).find((u) => u.uid === uid) ?? null;
}

export function* getgrnam(name: string): Sys<Group | null> {
  return (yield* groups()).find((g) => g.name === name) ?? null;
}

export function* getgrgid(gid: number): Sys<Group | null> {
  return (yield* groups()).find((g) => g.gid === gid) ?? null;
}

export function* getgrouplist(name: string, gid: number): Sys<readonly number[]> {
  return groupList(yield* groups(), name, gid);
}
