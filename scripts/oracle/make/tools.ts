/**
 * Steps with the tools that scripts about files lean on: bytes, nodes, dates, and programs that run others.
 */
import type { Draw } from './draw.ts';
import { names, quoted } from './names.ts';

function bytes(draw: Draw): string {
  const name = quoted(draw.one(names));
  return draw.one([
    () => `cat ${draw.one(['', '-n ', '-A ', '-b ', '-s ', '-E '])}${name}`,
    () => `wc ${draw.one(['', '-l ', '-w ', '-c ', '-m ', '-lc '])}${name}`,
    () => `wc ${draw.one(['', '-c '])}${name} ${quoted(draw.one(names))}`,
    () => `head -c ${draw.below(5)} ${name}; tail -c 2 ${name}`,
    () =>
      `od ${draw.one(['-c', '-An -tx1', '-b', '-An -c', '-tx1', '-An -tu1', '-x', ''])} ${name}`,
    () => `printf 'a\\tb\\0c\\n' | od ${draw.one(['-c', '-An -tx1', '-An -to1', '-b', '-tx1z'])}`,
    () =>
      `paste ${draw.one(['f f', '-d, f d/x', '-s f', '-sd: f d/x', 'f nosuch', '- - <f', `f ${name}`])}`,
    () =>
      `truncate -s ${draw.one(['0', '3', '10', '+2', '-1', '1K', '<2', 'x'])} ${name}; wc -c f; stat -c %s ${name}`,
    () =>
      `timeout ${draw.one(['5 cat f', '5 false', '1 nosuch', '5 ./f', '5', '1m true', 'x true', '-s KILL 5 sh -c "exit 3"', '0.1 sleep 9'])}; echo $?`,
    () => `: ${draw.one(['<', '>', '>>', '<>'])} ${name}; echo $?`,
  ])();
}

function nodes(draw: Draw): string {
  const name = quoted(draw.one(names));
  return draw.one([
    () => `ls ${draw.one(['-lL', '-lnL', '-ldL', '-lLd', '-LF', '-lH'])} ${name}`,
    () => `cat c; echo $?; wc -c c; echo x >c; echo $?; head -c 1 c; exec 3<c; echo $?; exec 3<&-`,
    () => `touch -d '2020-01-02 03:04:05' ${name}; stat -Lc '%n %Y' ${name}; date -r ${name} +%F`,
    () =>
      `touch -d @0 f; touch -d @5 g; find f g ! -newer ${draw.one(['f', 'g'])}; find f g -newer f`,
    () => `touch -d @0 ${name}; [ ${name} -nt f ]; echo $?; [ g -ot ${name} ]; echo $?`,
    () => `stat -c '%Y %X' ${name} | tr 0-9 n; stat -c %y ${name} | tr 0-9 n`,
    () =>
      `find . ${draw.one(['-inum $(stat -c %i f)', '-samefile f', '-maxdepth 1 -size -2', '-path "./d/*"', '-perm -o=r', '-name x -exec stat -c %a {} +', '-user 0 -not -group root', '-mindepth 1 -prune', '-type d -empty -print', '-executable'])} | sort`,
  ])();
}

const accounts =
  'operator lp backup www-data man sync _apt list irc gnats uucp proxy audio staff plugdev users shadow tty nogroup src utmp 37 34'.split(
    ' ',
  );

function running(draw: Draw): string {
  const name = quoted(draw.one(names));
  const account = draw.one(accounts);
  return draw.one([
    () =>
      `sh -c 'nosuch'; echo $?; bash -c 'nosuch x'; echo $?; sh -c './f'; echo $?; sh -c 'nosuch/x'; echo $?`,
    () => `id ${account}; getent passwd ${account}; getent group ${account}`,
    () => `chgrp ${account} ${name}; stat -c '%g %G' ${name}`,
    () =>
      `chown ${draw.one(['backup', 'www-data:www-data', 'lp:', 'sync:operator', 'root.kvm', '1000.107', ':', '0:0:0', '+0:+0', '-1', 'nosuch:', '4294967296', '4294967295'])} ${name}; stat -c '%u:%g' ${name}`,
    () =>
      `setfacl -m ${draw.one(['g:operator:r', 'g:37:rw', 'u:backup:r,g:staff:x', 'u:www-data:rw', 'g:wheel:r'])} ${name}; getfacl -c ${name}`,
    () =>
      `if setpriv --reuid ${draw.one(['1000', '107', 'daemon'])} --regid ${draw.one(['107', '37', 'operator'])} --clear-groups test -r ${name}; then echo may; else echo may not; fi`,
    () => `runuser -u ${draw.one(['daemon', 'nobody', 'nosuch'])} -- test -r ${name}; echo $?`,
    () => `env -i A=1 sh -c 'echo $A $HOME'; env FOO=1 printenv FOO; env nosuch; echo $?`,
    () =>
      `mapfile -t a < <(ls); echo \${#a[@]} \${a[0]}; read -r x y <f; echo "$x.$y"; echo "$(<f)"`,
    () =>
      `x=$(cat nosuch 2>&1); echo "$x $?"; echo \`echo old\`; echo $'a\\x41\\n'; echo -e 'a\\tb'`,
    () => `let x=3+4; echo $x; ((x++)); echo $?; declare -i n=5; n+=2; echo $n; declare -p n`,
    () => `while getopts ab: o -b 3 -a -c; do echo "$o $OPTARG"; done; echo $OPTIND`,
    () => `sort -k2 -n <<<$'a 3\\nb 1'; uniq -c <<<$'x\\nx'; cut -d: -f1,3 /etc/group | head -3`,
  ])();
}

export const tools = (draw: Draw): string => draw.one([bytes, nodes, running])(draw);
