/**
 * Random sequences of chmod, chown and setfacl on a device node, each step looked at from every side.
 */
import type { Draw } from './draw.ts';

const uids = [0, 1000, 1001, 64055, 107, 65534];
const gids = [0, 107, 1000, 36, 27, 1001];
const perms = 'rw rwx r w x - --- r-- rw- -w- rx wx 6 7 4 2 0 rwX X'.split(' ');
const modes =
  '0666 0660 0600 0644 0640 0000 0060 0006 0606 0620 0602 0777 0700 0070 0007 0444 0222 4755 2660 1666 0010 0001'.split(
    ' ',
  );
const letters =
  'g+rw g-rw g= g=r g=u o=g u=g o-rwx o+rw a+r a-w +x ug=rw,o= g+x a= a=rw g+s u+s +t g+X g=rwX u-rw =664 -022 +060'.split(
    ' ',
  );

function entry(draw: Draw): string {
  const perm = draw.one(perms);
  return draw.one([
    () => `u:${draw.one(uids)}:${perm}`,
    () => `u:${draw.one(uids)}:${perm}`,
    () => `g:${draw.one(gids)}:${perm}`,
    () => `g:${draw.one(gids)}:${perm}`,
    () => `g::${perm}`,
    () => `m::${perm}`,
    () => `o::${perm}`,
    () => `u::${perm}`,
  ])();
}

function removal(draw: Draw): string {
  return draw.one([
    () => `u:${draw.one(uids)}`,
    () => `u:${draw.one(uids)}`,
    () => `g:${draw.one(gids)}`,
    () => 'm',
    () => draw.one(['g:', 'u:', 'o', 'm']),
  ])();
}

function step(draw: Draw): string {
  const how = draw.one(['', '', '', '-n ', '--mask ']);
  const entries = () => draw.some(1, 3, () => entry(draw), ',');
  return draw.one([
    () => `chmod ${draw.one(modes)} n`,
    () => `chmod ${draw.below(0o1000).toString(8).padStart(4, '0')} n`,
    () => `chmod ${draw.one(letters)} n`,
    () => `chown :${draw.one(gids)} n`,
    () => `chown ${draw.one(uids)} n`,
    () => `chown ${draw.one(uids)}:${draw.one(gids)} n`,
    () => `setfacl ${how}-m ${entries()} n`,
    () => `setfacl ${how}-m ${entries()} n`,
    () => `setfacl ${how}-m ${entries()} n`,
    () => `setfacl ${how}-x ${draw.some(1, 2, () => removal(draw), ',')} n`,
    () => `setfacl ${how}-x ${draw.some(1, 2, () => removal(draw), ',')} n`,
    () => `setfacl ${draw.one(['-b', '-k', '-bn', '-b -m u:5:r', '--test -m u:5:r', '-bk'])} n`,
    () =>
      `setfacl --set u::${draw.one(perms)},g::${draw.one(perms)},o::${draw.one(perms)},${entries()} n`,
    () => `getfacl -p n | setfacl --set-file=- n`,
    () => `getfacl n >saved; chmod ${draw.one(modes)} n; setfacl --restore=saved`,
  ])();
}

const watch = `seen() {
  echo "rc $?"; stat -c '%a %A %u %g %t,%T' n; ls -ln n; getfacl -cnp n; getfattr -e hex -m - -d n
  for who in '--reuid 64055 --regid 107 --groups 107,64055' '--reuid 1000 --regid 1000 --clear-groups' \\
    '--reuid 1000 --regid 1000 --groups 107' '--reuid 1001 --regid 1001 --clear-groups' \\
    '--reuid 107 --regid 107 --groups 36' '--reuid 65534 --regid 65534 --clear-groups' '--bounding-set=-all --inh-caps=-all'; do
    setpriv $who test -r n; r=$?; setpriv $who test -w n; w=$?; setpriv $who test -x n; echo "$who: $r$w$?"
  done
}`;

export function aclScript(draw: Draw): string[] {
  const init = draw.one(['0600', '0666', '0660', '0644', '0640', '0000', '0700']);
  return [
    `rm -rf ${'/tmp/w'}; mkdir /tmp/w; cd /tmp/w`,
    watch,
    `mknod n c 10 232; chown ${draw.one([0, 0, 0, 1000])}:${draw.one([0, 107, 107, 36])} n; chmod ${init} n`,
    ...Array.from({ length: 1 + draw.below(6) }, () => `${step(draw)}\nseen`),
  ];
}
