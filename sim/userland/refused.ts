/**
 * Programs that people reach for and that this host does not model: each says so, and what to do instead.
 *
 * telnet alone answers as the real one would: nobody listens on TCP here, so every connection is refused.
 * Models: inetutils telnet 0.17-64.el7 commands.c tn
 */
import { failed } from '../kernel/errno.ts';
import { command, type Program } from '../kernel/program.ts';
import { err, out, readFile } from '../libc/sys.ts';

const refused = (why: string): Program =>
  command(function* ({ argv: [name = ''] }) {
    yield* err(`kvmlab: ${name.replace(/.*\//, '')} is not modelled: ${why}\n`);
    return 1;
  });

export const toldOf = refused('nobody has needed it on this host so far');
export const poweroff = refused('a host that is switched off shows nothing; use reboot');
export const passwd = refused('accounts have no passwords here; everybody may log in');
export const newgrp = refused('log in again, or use runuser -g GROUP');

/** The addresses of a host: itself if it is one, otherwise those in /etc/hosts, IPv6 first. */
const addressesOf = (hosts: string, name: string): string[] => {
  if (/^[\d.]+$|:/.test(name)) return [name];
  const rows = hosts.split('\n').map((row) => row.replace(/#.*/, '').trim().split(/\s+/));
  const found = rows.filter((row) => row.slice(1).includes(name)).flatMap((row) => row.slice(0, 1));
  return [...found.filter((a) => a.includes(':')), ...found.filter((a) => !a.includes(':'))];
};

export const telnet = command(function* ({ argv: [name = '', host] }) {
  if (host === undefined) {
    yield* err(`kvmlab: ${name} without a host (its prompt) is not modelled\n`);
    return 1;
  }
  const text = yield* readFile('/etc/hosts');
  const addresses = addressesOf(failed(text) ? '' : text, host);
  if (addresses.length === 0) {
    yield* err(`telnet: ${host}: Name or service not known\n${host}: Unknown host\n`);
    return 1;
  }
  for (const address of addresses) {
    yield* out(`Trying ${address}...\n`);
    yield* err(`telnet: connect to address ${address}: Connection refused\n`);
  }
  return 1;
});
