/**
 * Random shell scripts about files and who may use them, in bash's own words.
 */
import type { Draw } from './draw.ts';
import { language } from './language.ts';
import { names, quoted } from './names.ts';

const uids = ['0', '1000', '1001', 'daemon', 'root', 'nobody', 'games', '4242', 'nosuch', ''];
const groups = ['0', 'kvm', '107', 'disk', 'daemon', '4242', 'nosuch', 'sudo'];
const modes =
  '600 644 0640 4755 2755 1777 000 777 7 u+x g-r o=u a= +t g+s u=rwX,go=rX =rw -w +x z+r 888 =640 755'.split(
    ' ',
  );
const perms = 'rw r rwx - x --- rX 6 7 w'.split(' ');
const who = [
  '--reuid 1000 --regid 1000 --clear-groups',
  '--reuid 1001 --regid 107 --clear-groups',
  '--reuid 64055 --regid 107 --groups 107,64055',
  '--reuid 65534 --regid 65534 --clear-groups',
  '--reuid 1000 --regid 1000 --groups 107',
  '--reuid 1000 --regid 1000 --init-groups',
  '--reuid daemon --regid daemon --clear-groups',
  '--bounding-set=-all --inh-caps=-all',
  '--reuid 1000 --clear-groups',
];

const formats =
  '%a %A %b %B %F %f %g %G %h %n %N %o %s %t %T %u %U %% %5a %-6a| %06a %#a %.1n %10n| %q'.split(
    ' ',
  );

function aclEntry(draw: Draw): string {
  const perm = draw.one(perms);
  return draw.one([
    () => `u:${draw.one(uids)}:${perm}`,
    () => `g:${draw.one(groups)}:${perm}`,
    () => `u::${perm}`,
    () => `g::${perm}`,
    () => `o::${perm}`,
    () => `m::${perm}`,
    () => `d:u:${draw.one(uids)}:${perm}`,
    () => `d:g::${perm}`,
    () => `user:${draw.one(uids)}:${perm}`,
    () =>
      draw.one([
        'u',
        'x:1:r',
        'u:1000',
        'm',
        'o:r',
        'g:kvm:rq',
        'mask::rw',
        'u:1000:rw:',
        ',',
        'default:o::r',
      ]),
  ])();
}

const lsOptions =
  '-l -ln -ld -la -lA -lR -l -1 -F -p -lF -lh -g -o -lG -lH -lS -lr -d -R -A -m -C -x -Q -s -ls -z -lX'.split(
    ' ',
  );

function look(draw: Draw): string {
  const name = quoted(draw.one(names));
  return draw.one([
    () =>
      `ls ${draw.one(lsOptions)} ${draw.one([name, name, '', `${name} ${quoted(draw.one(names))}`, '*'])}`,
    () => `stat -c '${draw.some(1, 4, () => draw.one(formats), draw.one([' ', '|']))}' ${name}`,
    () => `stat --printf '%n %a\\n' ${name} ${quoted(draw.one(names))}`,
    () => `stat -L -c '%F %a %u' ${name}`,
    () =>
      `getfacl ${draw.one(['', '-n', '-c', '-e', '-p', '-t', '-d', '-a', '-s', '-cn', '-E', '-R', '-Rc', '-ce', '-cp', '--omit-header', '-z'])} ${name}`,
    () => `getfattr -d -m - -e ${draw.one(['hex', 'base64', 'hex'])} ${name}`,
    () =>
      `getfattr ${draw.one(['-n system.posix_acl_access', '-n system.posix_acl_default', '-n user.nosuch', '--only-values -n user.x'])} -e hex ${name}`,
    () =>
      `find . ${draw.one(['', '-type f', '-perm 644', '-perm -200', '-perm /4000', '-perm -u=x', '-user root', '-group kvm', '-empty', '-name "*x*"', '-maxdepth 1', '! -type d', '-links +1', '-uid 1000', '-type f -o -type l', '-perm /g=w', '-size 0', '-samefile f', '-nouser'])} -printf '%p %m %M %u %g %y %l\\n' | sort`,
    () =>
      `test ${draw.one(['-r', '-w', '-x', '-e', '-f', '-d', '-L', '-s', '-u', '-g', '-k', '-c', '-p', '-O', '-G', '-S', '-b'])} ${name}; echo "test $?"`,
    () => `[ ${name} ${draw.one(['-ef'])} ${quoted(draw.one(names))} ] && echo same || echo differ`,
    () => `cat ${name === 'c' ? 'f' : name}`,
    () => `readlink ${draw.one(['', '-f', '-e', '-m', '-n'])} ${name}; echo "rc $?"`,
    () => `wc -c ${name === 'c' ? 'f' : name}`,
    () =>
      `id ${draw.one(['', '-u', '-g', '-G', '-n', '-un', 'daemon', 'nosuch', '1000', '-Gn games', 'root nobody'])}`,
    () =>
      `getent ${draw.one(['passwd root', 'passwd 0', 'group kvm', 'group 107', 'passwd nosuch', 'group disk daemon', 'passwd', 'nosuch x'])} | head -3; echo "\${PIPESTATUS[0]}"`,
    () => 'umask; umask -S',
    () => 'echo *; echo d/*; echo [a-f]; echo ?; echo nosuch*',
  ])();
}

function change(draw: Draw): string {
  const name = quoted(draw.one(names));
  const flags = draw.one(['', '', '', '-R ', '-v ', '-c ', '-f ', '-h ', '-Rv ']);
  const plain = draw.one(['', '', '', '-R ', '-v ', '-c ', '-f ']);
  return draw.one([
    () => `chmod ${plain}${draw.one(modes)} ${name}`,
    () => `chmod ${plain}${draw.one(modes)} ${name} ${quoted(draw.one(names))}`,
    () => `chmod --reference=${quoted(draw.one(names))} ${name}`,
    () =>
      `chown ${flags}${draw.one(uids)}${draw.one(['', ':', `:${draw.one(groups)}`, `:${draw.one(groups)}`])} ${name}`,
    () => `chown ${flags}:${draw.one(groups)} ${name}`,
    () =>
      `chown --from=${draw.one(['root', '1000', ':kvm', 'root:root'])} ${draw.one(['1000', 'daemon:kvm', ':4242'])} ${name}`,
    () => `chown --reference=${quoted(draw.one(names))} ${name}`,
    () => `chgrp ${flags}${draw.one(groups)} ${name}`,
    () =>
      `setfacl ${draw.one(['', '', '-n ', '--mask ', '-R ', '-d ', '-RP ', '--test '])}-m ${draw.some(1, 3, () => aclEntry(draw), ',')} ${name}`,
    () =>
      `setfacl ${draw.one(['', '', '-n ', '--mask ', '-R ', '-d ', '-RL '])}-m ${draw.some(1, 2, () => aclEntry(draw), ',')} ${name} ${quoted(draw.one(names))}`,
    () =>
      `setfacl ${draw.one(['', '-n ', '-R ', '-d '])}-x ${draw.one(['u:1000', 'g:kvm', 'm', 'u:', 'u:1000,g:107', 'd:u:1000', 'u:nosuch', 'g'])} ${name}`,
    () => `setfacl ${draw.one(['-b', '-k', '-bk', '-Rb', '-b -n', '-Rk', '-b --test'])} ${name}`,
    () =>
      `setfacl --set u::rw,g::r,o::-${draw.one(['', ',u:1000:rw', ',m::r', ',g:kvm:rwx,m::x'])} ${name}`,
    () => `getfacl ${name} | setfacl --set-file=- ${quoted(draw.one(names))}`,
    () => `getfacl -R . >/tmp/w.acl; setfacl -R -b .; setfacl --restore=/tmp/w.acl; echo "rc $?"`,
    () =>
      `printf '${draw.one(['u:1000:rw\\ng:kvm:r\\n', '# c\\n\\nu:5:r\\n', 'bogus\\n', 'm::r\\n', 'user:1000:rw-\\t\\t#effective:r--\\n', ''])}' | setfacl -M - ${name}`,
    () =>
      `printf '${draw.one(['u:1000\\n', 'g:kvm\\nm\\n', 'u:1000:rw\\n'])}' | setfacl -X - ${name}`,
    () =>
      `umask ${draw.one(['077', '027', '0', '022', 'u=rwx,g=,o=', 'g-w', '9', 'a=r', 'zz', '002'])}`,
    () =>
      `mknod ${draw.one(['-m 640 ', '-m 666 ', ''])}${draw.one(['n1 c 10 232', 'n1 b 7 0', 'n1 p', 'n1 c 1', 'f c 1 3', 'n1 q 1 2', 'nosuch/n c 1 3', 'n1'])}`,
    () =>
      `mkdir ${draw.one(['', '-p ', '-m 700 ', '-m 2775 ', '-v ', '-pv '])}${draw.one(['e', 'd', 'd/y', 'nosuch/y', 'e/f/g', 'f/y'])}`,
    () => `touch ${draw.one(['h', 'd/y', 'f', 'nosuch/y', '-c nosuch', 'l'])}`,
    () => `rm ${draw.one(['', '-f ', '-r ', '-rf ', '-d ', '-v ', '-rv '])}${name}`,
    () => `rmdir ${name}`,
    () =>
      `cp ${draw.one(['', '-p ', '-a ', '-r ', '-P ', '-v '])}${name} ${draw.one(['k', 'd', 'f', 'nosuch/k', 'd/x'])}`,
    () =>
      `mv ${draw.one(['', '-v ', '-f ', '-n '])}${name} ${draw.one(['k', 'd', 'f', 'nosuch/k'])}`,
    () =>
      `ln ${draw.one(['', '-s ', '-sf ', '-f ', '-sv ', '-sn '])}${name} ${draw.one(['k', 'd', 'f', 'l', 'nosuch/k'])}`,
    () =>
      `install ${draw.one(['-m 640 ', '-o 1000 -g kvm ', '-d ', '-D ', ''])}f ${draw.one(['k', 'd', 'e2/k'])}`,
    () => `echo ${draw.one(['text', '"two words"', '-n x'])} ${draw.one(['>', '>>', '>'])} ${name}`,
    () => `mkfifo ${draw.one(['q', 'f', 'nosuch/q', '-m 600 q2'])}`,
  ])();
}

function asOther(draw: Draw): string {
  const name = quoted(draw.one(names));
  const inner = draw.one([
    () => `test ${draw.one(['-r', '-w', '-x'])} ${name}`,
    () => `test ${draw.one(['-r', '-w', '-x'])} ${name}`,
    () => `cat ${name}`,
    () => `ls ${draw.one(['-l', '', '-d', '-ln'])} ${name}`,
    () => `touch ${draw.one(['d/new', 'new', 'f'])}`,
    () => `chmod 777 ${name}`,
    () => `chown 1000 ${name}`,
    () => `chgrp 107 ${name}`,
    () => `setfacl -m u:1000:rw ${name}`,
    () => `getfacl -c ${name}`,
    () => `rm -f ${name}`,
    () => `mkdir d/sub`,
    () => `id`,
    () => `stat -c '%a %U' ${name}`,
    () => `mknod nn c 1 3`,
    () => `ln f d/hard`,
    () => `cp f d/copy`,
    () => `mv f d/moved`,
    () =>
      `bash -c '${draw.one(['id -u; test -r f && echo r; test -w f && echo w', 'echo hi >f', 'cd d && pwd && ls', 'umask 077; touch d/u; ls -l d', 'echo $UID; cat f 2>&1 | head -1', 'for n in f d c; do test -w $n; echo $?; done', '[ -r c ] || echo no; exec 3<f; echo $?'])}'`,
    () =>
      `sh -c '${draw.one(['cat f', 'test -r f; echo $?', 'echo x > f', 'cd d; pwd', 'id -u'])}'`,
    () => `find . -readable 2>/dev/null | sort`,
    () => `nosuchprogram`,
  ])();
  return `setpriv ${draw.one(who)} ${inner}; echo "rc $?"`;
}

const setup =
  'rm -rf /dev/w; mkdir -p /dev/w; cd /dev/w; echo text >f; : >g; mkdir d; echo deep >d/x; mkdir d/s; ln -s f l; ln -s nowhere dang; mknod c c 10 232; mkfifo p; chmod 640 f';

/** In /dev: there a directory lists its names in an order that does not hang on the disk. */
export function shellScript(draw: Draw): string[] {
  const kinds = [look, look, change, change, change, asOther, language];
  const steps = Array.from({ length: 3 + draw.below(10) }, () => draw.one(kinds)(draw));
  return [setup, ...steps.filter((step, n) => !brokenOff(step) || n === steps.length - 1)];
}

/** A step that bash cannot parse ends the script: it is worth having at the end only. */
const brokenOff = (step: string): boolean =>
  /^(echo "unclosed|if true; then echo$|for do|echo \) x)/.test(step);
