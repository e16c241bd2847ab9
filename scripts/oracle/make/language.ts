/**
 * Steps in bash's own language: expansions, loops, functions, traps, here-documents, and mistakes.
 */
import type { Draw } from './draw.ts';
import { names, quoted } from './names.ts';

function control(draw: Draw): string {
  return draw.one([
    () =>
      `for n in ${draw.one(['f g d', '*', 'f nosuch', 'd/*'])}; do stat -c '%a %n' "$n" || echo "no $n"; done`,
    () => `while read -r a b c; do echo "<$a> [$b]"; done < <(printf 'one two three\\nfour\\n')`,
    () =>
      `show() { local m=$1; shift; for x; do printf '%s:%s ' "$m" "$x"; done; echo; return ${draw.below(4)}; }; show ${draw.one(['a b c', 'x', '"a b" c'])}; echo $?`,
    () =>
      `m=$(stat -c %a ${quoted(draw.one(names))}); echo "mode [$m] $?"; echo $((8#\${m:-0} & 8#${draw.one(['070', '007', '700', '222'])}))`,
    () => `cat <<${draw.one(['E', "'E'", '-E'])}\n$HOME $(echo sub) \\$x $((6*7))\nE`,
    () => `( cd d 2>/dev/null && pwd; umask 077; touch sub1 ); pwd; umask; ls -l sub1 d/sub1`,
    () =>
      `{ ls nosuch; echo out; } ${draw.one(['2>&1 | sort', '2>/dev/null', '>o 2>&1; cat o', '2>e; wc -l <e'])}`,
    () => `set -- a 'b c' d; echo $# "$2" "\${@:2}" "\${*: -1}"; shift 2; echo "$@"`,
    () =>
      `x=/a/b.tar.gz; echo \${x##*/} \${x%.*} \${x%%.*} \${x#*/} \${x/b/B} \${x^^} \${#x} \${x:2:3} \${y:-none} \${x/.*/}`,
    () =>
      `case ${draw.one(['kvm', '/dev/kvm', 'x1', '""'])} in k*) echo k;; /dev/*) echo dev;; [a-z][0-9]) echo digit;; *) echo other;; esac`,
    () =>
      `[[ ${draw.one(['abc', 'kvm10', 'x'])} =~ ^([a-z]+)([0-9]*)$ ]] && echo "\${BASH_REMATCH[1]}-\${BASH_REMATCH[2]}"; [[ -e f && ! -L f ]] && echo plain`,
    () =>
      `a=(x 'y z' w); a+=(v); echo \${#a[@]} "\${a[1]}" \${!a[@]} "\${a[@]: -1}"; unset 'a[0]'; for i in "\${!a[@]}"; do echo "$i=\${a[i]}"; done`,
    () =>
      `declare -A m=([r]=4 [w]=2); for k in r w; do echo $k \${m[$k]}; done; echo \${#m[@]} "\${m[x]-unset}"`,
    () => `printf '%s|%5d|%-5s|%05.1f|%x|%o|%c|%q|%b\\n' a 42 b 3.14159 255 8 xyz "it's" 'a\\tb'`,
    () => `printf '%d\\n' ${draw.one(['0x1f', '010', 'abc', '"\'a"', '1x', ''])}; echo $?`,
    () => `false || echo or; true && echo and; ! false; echo $?; false; echo $?; (exit 7); echo $?`,
    () => `ls | sort -r | head -2 | tr a-z A-Z; echo "\${PIPESTATUS[*]}"`,
    () => `ls -l ${draw.one(['f', '.', 'd'])} | awk '{print $1, $3, $4, $NF}'`,
    () =>
      `getfacl -c ${quoted(draw.one(names))} 2>&1 | grep -c :; ls -ln | cut -c1-10 | sort | uniq -c`,
    () => `stat -c '%a %n' * | sed 's/^/mode /; s/ / = /2' | sort -k3`,
    () => `exec 3>o3; echo three >&3; exec 3>&-; cat o3; echo x >&3`,
    () => `trap 'echo "bye $?"' EXIT`,
    () => `trap 'echo err' ERR; false; nosuchcmd 2>/dev/null; true; trap - ERR; false`,
    () => `trap 'echo usr1' USR1; kill -USR1 $$; trap; trap - USR1; trap -p`,
  ])();
}

function words(draw: Draw): string {
  return draw.one([
    () => `set -o pipefail; false | true; echo $?; set +o pipefail; false | true; echo $?`,
    () => `(set -e; false; echo not); echo $?; (set -u; echo $undefined; echo not); echo $?`,
    () => `(set -x; echo "a b" $((1+1)); [ -e f ]) 2>&1`,
    () => `set -C; echo over >f; echo $?; echo over >|f; set +C`,
    () =>
      `i=0; while ((i<3)); do ((i==1)) && { ((i++)); continue; }; echo $i; ((i++)); done; until ((i<=0)); do ((i-=2)); done; echo $i`,
    () =>
      `echo $((7/2)) $((-7%3)) $((2**10)) $((1<<4|3)) $((5>3?1:0)) $((0x10+010)); echo $((1/0)); echo after`,
    () => `eval 'y=5; echo $y'; z='echo hid'; $z; "$z"; echo $?`,
    () => `readonly R=1; R=2; echo "R $R $?"`,
    () => `nosuchcommand; echo $?; ./f; echo $?; /; echo $?; d; echo $?; ./nosuch; echo $?`,
    () =>
      `printf '#!/bin/bash\\necho "$0 $# $1"; exit 3\\n' >s.sh; ${draw.one(['bash s.sh a b', './s.sh', 'chmod +x s.sh; ./s.sh "x y"', '. ./s.sh', 'source s.sh q', 'sh s.sh'])}; echo $?`,
    () =>
      `cd ${draw.one(['d', 'nosuch', 'f', 'l', '..', '-', ''])}; echo "\${PWD##*/} $?"; cd /dev/w`,
    () =>
      `type ${draw.one(['cd', 'ls', 'nosuch', 'if', 'show'])}; command -v ${draw.one(['cd', 'cat', 'nosuch'])}; echo $?`,
    () =>
      `[ ${draw.one(['1 -eq 1', 'a = b', '-n ""', '! -e f', '1 -gt x', 'a b', '-z', '"(" a ")"', 'f -nt nosuch', '-r f -a -w f', '3 -le 2 -o a'])} ]; echo $?`,
    () =>
      `xargs -n1 echo item <<<"a b c"; echo 'f g' | xargs ls; find . -maxdepth 1 -name '[fg]' | sort | xargs stat -c %a`,
    () => `printf 'a\\nb\\n' >o1; printf 'a\\nc\\n' >o2; diff o1 o2; echo $?; cat < <(echo sub)`,
    () =>
      `seq ${draw.one(['3', '2 4', '5 -2 1', '-s, 3', '-w 9 11'])}; basename /a/b.c .c; dirname /a/b; expr 3 + 4; expr length abc`,
    () => `date -u -d @86400 +%F; TZ=UTC date -d '2020-02-01 +1 day' +%j; sleep 0`,
    () => `head -c 3 f; echo; tail -n 1 f; tr -d e <f; rev <<<abc; tac <<<$'1\\n2'; nl <<<x`,
    () =>
      `export A=1; env -u A bash -c 'echo "[$A]"'; A=2 bash -c 'echo $A'; printenv A; unset A; printenv A; echo $?`,
    () =>
      `x=1; ( x=2; echo $x ); echo $x; { x=3; }; echo $x; echo 4 | read x; echo $x; x+=5; echo $x`,
    () =>
      `echo {a,b}{1..3} {x..z} {01..03} a{,b}; echo ~root ~nosuch; echo "$(echo "a   b")" $(echo "a   b")`,
    () => `echo "unclosed`,
    () => `if true; then echo`,
    () => `for do`,
    () => `echo ) x`,
  ])();
}

export const language = (draw: Draw): string => draw.one([control, words])(draw);
