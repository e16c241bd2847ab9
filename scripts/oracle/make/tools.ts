/**
 * Steps with the tools that scripts about files lean on: what they show of bytes, nodes, times and attributes.
 */
import type { Draw } from './draw.ts';
import { names, quoted } from './names.ts';
import { setup } from './shell.ts';

const attributes = ['user.x', 'user.x', 'user.y', 'trusted.t', 'user.', 'nosuch', 'system.x'];
const values = ['1', 'two', '""', '0x414243', '0sQUJD', '"a b"', '0xzz'];

function bytes(draw: Draw): string {
  const name = quoted(draw.one(names));
  return draw.one([
    () => `cat ${draw.one(['', '-n ', '-A ', '-b ', '-s ', '-E '])}${name}`,
    () => `wc ${draw.one(['', '-l ', '-w ', '-c ', '-m ', '-lc '])}${name}`,
    () => `wc ${draw.one(['', '-c '])}${name} ${quoted(draw.one(names))}`,
    () => `head -c ${draw.below(5)} ${name}; tail -c 2 ${name}`,
    () =>
      `od ${draw.one(['-c', '-An -tx1', '-b', '-An -c', '-tx1', '-An -tu1', '-x', ''])} ${name}`,
    () => `paste ${draw.one(['f f', '-d, f d/x', '-s f', '-sd: f d/x', 'f nosuch', '- - <f'])}`,
    () => `truncate -s ${draw.one(['0', '3', '10', '+2', '-1', '1K', '<2', 'x'])} ${name}; wc -c f`,
    () =>
      `timeout ${draw.one(['5 cat f', '5 false', '1 nosuch', '5 ./f', '5', '1m true', 'x true', '-s KILL 5 sh -c "exit 3"'])}; echo $?`,
    () => `: ${draw.one(['<', '>', '>>', '<>'])} ${name}; echo $?`,
    () => `exec 5<>${name}; echo $?; exec 5>&-`,
  ])();
}

function nodes(draw: Draw): string {
  const name = quoted(draw.one(names));
  return draw.one([
    () => `ls ${draw.one(['-lL', '-lnL', '-ldL', '-lLd', '-LF', '-lH'])} ${name}`,
    () => `cat c; echo $?; wc -c c; echo x >c; echo $?; head -c 1 c; exec 3<c; echo $?; exec 3<&-`,
    () =>
      `touch -d '2020-01-02 03:04:05' ${name}; stat -Lc '%n %Y %y' ${name}; date -r ${name} +%F`,
    () => `touch -d @0 ${name}; find . -newer f | sort; find . ! -newer g -type f | sort`,
    () =>
      `stat -c '%Y %X' ${name} | tr 0-9 n; stat -c %y ${name} | tr 0-9 n; stat -c '%.3Y' f | tr 0-9 n`,
    () =>
      `find . ${draw.one(['-inum $(stat -c %i f)', '-samefile f', '-maxdepth 1 -size -2', '-path "./d/*"', '-perm -o=r', '-type c -ls | wc -l', '-name x -exec stat -c %a {} +', '-user 0 -not -group root', '-cnewer f', '-anewer f', '-mindepth 1 -prune', '-regex ".*/[fg]"', '-xtype l', '-type d -empty -print', '-executable'])} | sort`,
  ])();
}

function running(draw: Draw): string {
  const name = quoted(draw.one(names));
  return draw.one([
    () =>
      `sh -c 'nosuch'; echo $?; bash -c 'nosuch x'; echo $?; sh -c './f'; echo $?; sh -c 'nosuch/x; echo $?'`,
    () =>
      `id ${draw.one(['operator', 'lp', 'backup', 'www-data', 'man', 'sync', '_apt', 'list', 'irc', 'gnats', 'uucp', 'proxy'])}`,
    () =>
      `getent group ${draw.one(['operator', '37', 'audio', 'staff', 'plugdev', 'users', 'shadow', 'tty', 'nogroup', 'src', 'utmp', 'render', 'input', 'sgx', 'adm 4', 'wheel'])}`,
    () =>
      `getent passwd ${draw.one(['backup', 'www-data', '34', 'sync', '_apt', 'uucp', 'proxy 13', 'gnats'])}`,
    () =>
      `chgrp ${draw.one(['operator', '37', 'staff', 'users', 'src', 'shadow', 'nogroup', 'plugdev'])} ${name}; stat -c '%g %G' ${name}`,
    () =>
      `chown ${draw.one(['backup', 'www-data:www-data', 'lp:', 'sync:operator', 'root.kvm', '1000.107', ':', '', '0:0:0', '+0:+0', '-1', 'nosuch:', 'nosuch.kvm', '4294967296', '4294967295'])} ${name}; stat -c '%u:%g' ${name}`,
    () =>
      `setfacl -m ${draw.one(['g:operator:r', 'g:37:rw', 'u:backup:r,g:staff:x', 'u:www-data:rw', 'g:wheel:r'])} ${name}; getfacl -c ${name}`,
    () =>
      `if setpriv --reuid ${draw.one(['1000', '107', 'daemon'])} --regid ${draw.one(['107', '37', 'operator'])} --clear-groups test -r ${name}; then echo may; else echo may not; fi`,
    () =>
      `su -s /bin/sh ${draw.one(['daemon', 'nobody', 'nosuch'])} -c 'id -un; test -r ${name.replaceAll('"', '')}; echo $?'`,
    () => `runuser -u ${draw.one(['daemon', 'nobody', 'nosuch'])} -- test -r ${name}; echo $?`,
    () => `env -i A=1 sh -c 'echo $A $HOME'; env FOO=1 printenv FOO; env nosuch; echo $?`,
    () => `command ls -d f; builtin echo x; command nosuch; exec nosuch 2>/dev/null; echo $?`,
    () =>
      `cat <<< "here $((1+2))"; mapfile -t a < <(ls); echo \${#a[@]} \${a[0]}; read -r x y < f; echo "$x.$y"; read -d t z < f; echo "[$z]"`,
    () =>
      `shopt -s nullglob; echo nosuch*; shopt -u nullglob; shopt -s dotglob; touch .hid; echo *; shopt -u dotglob; shopt -s extglob; echo !(f|g)`,
    () =>
      `let x=3+4; echo $x; ((x++)); echo $?; declare -i n=5; n+=2; echo $n; declare -p n; local q 2>&1; echo $?`,
    () =>
      `getopts ab: o -a -b 3; echo $o; OPTIND=1; while getopts ab: o -b 3 -a -c; do echo "$o $OPTARG"; done`,
    () =>
      `sort -k2 -n <<<$'a 3\\nb 1'; sort -u <<<$'x\\nx'; uniq -c <<<$'x\\nx'; cut -d: -f1,3 /etc/group | head -3`,
    () =>
      `echo "$(<f)"; x=$(cat nosuch 2>&1); echo "$x $?"; echo \`echo old\`; echo $'a\\x41\\n'; echo -e 'a\\tb'; echo -E 'a\\tb'`,
    () => `wait; jobs; true & wait $!; echo $?; sleep 0 & wait; false & wait $!; echo $?`,
  ])();
}

export const tools = (draw: Draw): string => draw.one([bytes, nodes, running])(draw);

export const toolsScript = (draw: Draw): string[] => [
  setup,
  ...Array.from({ length: 2 + draw.below(4) }, () => tools(draw)),
];
