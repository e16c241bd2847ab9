/**
 * What live recordings on Debian 12 have taught: each line below was first seen to differ, and is what the real one says.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runOnDebian } from './desk.ts';

const debian = suite('a shell on Debian 12');

const said = (script: string): string => {
  const { chunks } = runOnDebian(script);
  return chunks.map(({ text }) => text).join('');
};

debian("the kernel: inherited set-group-id, other people's files, dots", () => {
  const script = `mkdir d; chgrp 107 d; chmod 2775 d; mkdir d/s; mkdir -m 700 d/t; stat -c '%a %g' d/s d/t
echo x >f; chmod 600 f
setpriv --reuid 1001 --regid 1001 --clear-groups ln f hard
mv d d; mv . d; rmdir .`;
  assert.is(
    said(script),
    `2755 107
2700 107
ln: failed to create hard link 'hard' => 'f': Operation not permitted
mv: cannot move 'd' to a subdirectory of itself, 'd/d'
mv: cannot move '.' to 'd/.': Device or resource busy
rmdir: failed to remove '.': Invalid argument
`,
  );
});

debian('directories on the disk and in memory: sizes, blocks, the newest name first', () => {
  const script = `mkdir e /dev/e; touch e/a e/b /dev/e/a /dev/e/b; stat -c '%s %b' e /dev/e; ls -U /dev/e; rm -r /dev/e`;
  assert.is(said(script), '4096 8\n80 0\nb\na\n');
});

debian('traps: a signal to oneself, a failed command, the end', () => {
  const script = `trap 'echo bye $?' EXIT; trap 'echo usr1' USR1; trap 'echo err' ERR
kill -USR1 $$; false; trap -p USR1
bash -c 'kill -TERM $$'; echo $?`;
  const { stdout, stderr } = runOnDebian(script);
  assert.is(stdout, "usr1\nerr\ntrap -- 'echo usr1' SIGUSR1\nerr\n143\nbye 0\n");
  assert.is(stderr, 'Terminated\n');
});

debian('an arithmetic error gives up its line, not the script', () => {
  assert.is(
    said('echo $((1/0)); echo skipped\necho after'),
    'bash: line 1: 1/0: division by 0 (error token is "0")\nafter\n',
  );
});

debian('umask by letters; a subshell keeps its own', () => {
  assert.is(
    said('umask -S; umask u=rwx,g=,o=; umask; (umask 0; umask); umask; umask 9; umask g=q'),
    `u=rwx,g=rx,o=rx
0077
0000
0077
bash: line 1: umask: 9: octal number out of range
bash: line 1: umask: \`q': invalid symbolic mode character
`,
  );
});

debian('setpriv: root without its bounding set is only the owner; names and complaints', () => {
  const script = `touch f; chmod 000 f
setpriv --bounding-set=-all --inh-caps=-all test -r f; echo $?
setpriv --reuid nosuch true; setpriv --groups nosuch true
setpriv --reuid 1000 --regid kvm --groups 1,kvm id -G
setpriv --reuid 1000 --clear-groups sh -c 'echo x >f'; echo $?`;
  assert.is(
    said(script),
    `1
setpriv: failed to parse reuid: 'nosuch'
setpriv: Invalid supplementary group id: 'nosuch'
107 1
sh: 1: cannot create f: Permission denied
2
`,
  );
});

debian("a rule's PROGRAM may be a script", () => {
  const script = `rm -rf /run/udev; R=/etc/udev/rules.d/1.rules
printf 'PROGRAM=="/bin/sh -c '"'"'echo %%k | tr a-z A-Z'"'"'", ENV{A}="$result"\\n' >$R
udevadm test /sys/class/misc/kvm 2>/dev/null | grep ^A=; rm $R`;
  assert.is(said(script), 'A=KVM\n');
});

debian('tags that the database remembers can be matched', () => {
  const script = `rm -rf /run/udev /usr/lib/udev/rules.d/*; mkdir -p /run/udev/data; echo G:t >/run/udev/data/c10:232
echo 'TAG=="t", TAGS=="t", ENV{A}="1"' >/etc/udev/rules.d/1.rules
udevadm test /sys/class/misc/kvm 2>/dev/null | grep ^A=`;
  assert.is(said(script), 'A=1\n');
});

debian('an empty property is written to the database, and gone when it is read', () => {
  const script = `rm -rf /run/udev; R=/etc/udev/rules.d/1.rules; echo 'ENV{X}="$links", ENV{Y}="1"' >$R
udevadm test /sys/class/misc/kvm 2>/dev/null | grep '^[XY]='; grep '^E:[XY]' /run/udev/data/c10:232
udevadm info -q property -n kvm | grep '^[XY]='`;
  assert.is(said(script), 'X=\nY=1\nE:X=\nE:Y=1\nY=1\n');
});

debian('chmod with an operator and a number; chown --from; what -v says of a number', () => {
  const script = `mkdir d; touch f; chmod =755 d; chmod +2000 d; chmod =755 d; stat -c %a d
chown --from=daemon 1 f; chown --from=root:root 1:6 f; stat -c %u:%g f
chown -v :107 f; chown -v :kvm f; chown 1.1 f`;
  assert.is(
    said(script),
    `755
1:6
changed group of 'f' from disk to 107
ownership of 'f' retained as daemon:kvm
chown: warning: '.' should be ':': '1.1'
`,
  );
});

debian('a second name: both paths are walked before anybody asks whether it may be given', () => {
  const script = `mkdir -m 700 d; echo x >f; ln -s f l
setpriv --reuid 1001 --regid 1001 --clear-groups ln f d/hard
ln -f l f; ln -f l l; mkdir e e/d; ln -f d e`;
  assert.is(
    said(script),
    `ln: failed to create hard link 'd/hard' => 'f': Permission denied
ln: 'l' and 'l' are the same file
ln: d: hard link not allowed for directory
`,
  );
});

debian('ls asks for a file only where it shows what only the file knows', () => {
  const script = `mkdir d; touch d/a; ln -s nowhere d/b; chmod 744 d; ls -LF d
setpriv --reuid 1001 --regid 1001 --clear-groups ls d
setpriv --reuid 1001 --regid 1001 --clear-groups ls -l d`;
  const { stdout, stderr } = runOnDebian(script);
  assert.is(
    stdout,
    'a\nb@\na\nb\ntotal 0\n-????????? ? ? ? ?            ? a\nl????????? ? ? ? ?            ? b\n',
  );
  assert.is(
    stderr,
    `ls: cannot access 'd/b': No such file or directory
ls: cannot access 'd/b': Permission denied
ls: cannot access 'd/a': Permission denied
`,
  );
});

debian('cp and rm ask the questions of copy.c and remove.c', () => {
  const script = `echo x >f; ln -s f l; cp -a l f; mkdir d; touch d/x; cp -a . d; rm -d .
cp f nosuch/; rm -i f </dev/null; echo; cp -i f d/x </dev/null; echo; cp -l f h; stat -c %h f; cp --preserve=mode f m; cp -z`;
  assert.is(
    said(script),
    `cp: 'l' and 'f' are the same file
cp: cannot copy a directory, '.', into itself, 'd/.'
rm: cannot remove '.': Directory not empty
cp: cannot create regular file 'nosuch/': Not a directory
rm: remove regular file 'f'? 
cp: overwrite 'd/x'? 
2
cp: invalid option -- 'z'
Try 'cp --help' for more information.
`,
  );
});

debian("the descriptors' own names: pipes, process substitution, standard error", () => {
  const script = `diff <(printf 'a\\nb\\n') <(printf 'a\\nc\\n'); echo x | tee /dev/stderr >/dev/null
cat /dev/stdin <(echo two) <<<one; readlink /dev/fd; test -p <(:) && echo pipe`;
  assert.is(said(script), '2c2\n< b\n---\n> c\nx\none\ntwo\n/proc/self/fd\npipe\n');
});

debian("what the C library holds back: acl's tools never flush, the GNU tools do", () => {
  const script =
    'touch f; getfacl -cs f nosuch 2>&1; getfacl -c f nosuch 2>&1 | head -1; stat -c %n f nosuch 2>&1 | head -1';
  assert.is(
    said(script),
    'getfacl: nosuch: No such file or directory\ngetfacl: nosuch: No such file or directory\nf\n',
  );
});

debian('attributes of the user: set, listed, copied, refused on a device', () => {
  const script = `touch f; setfattr -n user.note -v hello f; getfattr -d f; cp -a f g; cp f h; getfattr -d g h
mknod n c 1 3; setfattr -n user.x -v 1 n; setfattr -n bogus -v 1 f; setfattr -x user.nosuch f`;
  const note = (name: string) => `# file: ${name}\nuser.note="hello"\n\n`;
  assert.is(
    said(script),
    `${note('f')}${note('g')}setfattr: n: Operation not permitted
setfattr: f: Operation not supported
setfattr: f: No such attribute
`,
  );
});

debian('an unclosed quote leaves the failure before it, or is one', () => {
  const status = (script: string) => runOnDebian(script).status;
  assert.equal(
    ['(exit 7)\necho "x', 'true\necho "x', '(exit 7)\necho $(x', '(exit 7)\nif true'].map(status),
    [7, 2, 2, 2],
  );
});

debian('null bytes, a script without an interpreter, chown of a link that leads nowhere', () => {
  const script = `printf 'a\\0\\n' >f; echo "[$(cat f)]"; echo text >t; chmod +x t; timeout 5 ./t
ln -s nowhere l; chown -v :107 l; chown -v : l 2>&1; head -c 0 /dev/kvm; chgrp '' f; echo $?; sh -c 'f/x'; echo $?`;
  assert.is(
    said(script),
    `bash: line 1: warning: command substitution: ignored null byte in input
[a]
./t: 1: text: not found
chown: cannot dereference 'l': No such file or directory
failed to change group of 'l' from root to 107
chown: cannot dereference 'l': No such file or directory
failed to change ownership of 'l'
0
sh: 1: f/x: not found
127
`,
  );
});

debian('sort -m merges what it is given, sorted or not', () => {
  const script = `printf 'b\\na\\nz\\n' >1; printf 'c\\na\\n' >2; sort -m 1 2; echo; sort -mr 2 1; echo; sort -mu 1 1 2
printf 'x 2\\ny 1\\n' >3; printf 'q 2\\nr 3\\n' >4; sort -m -s -k2,2 4 3`;
  assert.is(
    said(script),
    'b\na\nc\na\nz\n\nc\nb\na\na\nz\n\nb\na\nb\na\nc\na\nz\nq 2\nx 2\ny 1\nr 3\n',
  );
});

debian('read tells of a file that cannot be read, and leaves the variable', () => {
  const script = `x=old; mkdir d; read x <d; echo $? $x; read x </dev/kvm; echo $? $x`;
  assert.is(
    said(script),
    `bash: line 1: read: read error: 0: Is a directory
1 old
bash: line 1: read: read error: 0: Invalid argument
1 old
`,
  );
});

debian('<> of a file over several commands is refused, of a device it is not', () => {
  assert.is(said('exec 5<>/dev/kvm; echo $?; : <>f; ls f'), '0\nf\n');
  for (const use of ['read x <&7', 'echo x >&7', 'cat <&7', '{ :; echo; } >&7'])
    assert.match(said(`exec 7<>f; ${use}`), /kvmlab: .*a file that <> keeps open/);
});

debian('dash: what cannot be opened, and a special builtin that ends the script', () => {
  const script = `sh -c 'true <x; echo $?; : <x; echo no'; echo $?; sh -c '{ echo a; } <x; echo $?; export A=1 <x; echo no'; echo $?`;
  const missing = 'sh: 1: cannot open x: No such file\n';
  assert.is(said(script), `${missing}2\n${missing}2\n${missing}2\n${missing}2\n`);
});

debian('the kernel keeps supplementary groups by number', () => {
  const script =
    'setpriv --reuid 1000 --regid 1000 --groups 107,5,20 id -G; setpriv --groups 9,3 id -Gn';
  assert.is(said(script), '1000 5 20 107\nroot sys news\n');
});

debian(
  'names: a link or a rename makes one new; a directory that moves takes its link along',
  () => {
    const script = `mkdir -p /dev/n/a /dev/n/b; cd /dev/n; touch a/1 a/2 a/3; mkdir a/d
mv a/2 a/z; ln a/1 a/l; ls -U a | tr '\\n' ' '; stat -c %h a b; mv a/d b; stat -c %h a b
chown 1000 a b b/d; chmod 555 b/d
setpriv --reuid 1000 --regid 1000 --clear-groups mv b/d a; cd /; rm -r /dev/n`;
    assert.is(
      said(script),
      "l z d 3 1 3\n2\n2\n3\nmv: cannot move 'b/d' to 'a/d': Permission denied\n",
    );
  },
);

debian('what a shell starts with: IFS to be kept and given back, OPTIND, its own names', () => {
  const script = `old=$IFS; IFS=,; IFS=$old; set -- $(echo a b); echo $#
printf 'while getopts q o; do :; done; shift $((OPTIND - 1)); echo $# \${BASH_SOURCE-none}\\n' >s
sh s -q a b; bash s a; mkdir d && cd $_ && pwd; env -i bash -c 'echo $PWD $SHLVL $BASH_VERSION'`;
  assert.is(said(script), '2\n2 none\n1 s\n/tmp/w/d\n/tmp/w/d 1 5.2.15(1)-release\n');
});

debian('set -e is not for substitutions; an exit in the EXIT trap is the last word', () => {
  const { stdout, status } = runOnDebian(
    "set -e; trap 'echo end $?; exit 7' EXIT; x=$(false; echo still); echo $x; false; echo no",
  );
  assert.equal([stdout, status], ['still\nend 1\n', 7]);
});

debian('BASH_SOURCE: the script, a sourced file, who called', () => {
  const script = `printf 'f() { echo \${BASH_SOURCE[*]} \${BASH_LINENO[*]} \${FUNCNAME[*]}; }\\nf\\n' >l
printf '. ./l\\nf\\n[ \${BASH_SOURCE[0]} = $0 ] && echo main\\n' >s; bash s; . ./l`;
  assert.is(
    said(script),
    `./l ./l s 2 1 0 f source main
./l s 2 0 f main
main
./l ./l 2 2 f source
`,
  );
});

debian('options that the real tool has are refused by name, others are unknown', () => {
  for (const [line, option] of [
    ['ls --author', 'ls --author'],
    ['cp -b a b', 'cp -b'],
    ['sort -R', 'sort -R'],
    ['grep -T x', 'grep -T'],
    ['chmod --preserve-root 600 f', 'chmod --preserve-root'],
  ] as const)
    assert.match(said(line), new RegExp(`^kvmlab: ${option} .*is not modelled`), line);
  assert.match(said('ls --bogus'), /^ls: unrecognized option '--bogus'\n/);
});

debian('a program that is nowhere: a directory of PATH that may not be searched', () => {
  const script = `runuser -u nobody nosuch; echo $?; runuser -u root nosuch; echo $?
setpriv --reuid 1000 --clear-groups nosuch; echo $?; su -g kvm -s /bin/sh nobody -c 'id -g'`;
  assert.is(
    said(script),
    `runuser: failed to execute nosuch: Permission denied
1
runuser: failed to execute nosuch: No such file or directory
1
setpriv: failed to execute nosuch: No such file or directory
127
107
`,
  );
});

debian('signal 0 asks for the right to send one', () => {
  const script = `setpriv --reuid 1 --regid 1 --clear-groups bash -c 'kill -0 1; echo $?'; kill -0 1; echo $?`;
  assert.is(said(script), 'bash: line 1: kill: (1) - Operation not permitted\n1\n0\n');
});

debian(
  'install replaces a link that leads nowhere; wc counts no word where nothing can be printed',
  () => {
    const script = `echo x >f; ln -s nowhere k; install f k; stat -c '%F %a' k; ls
truncate -s 9 n; wc n; printf 'a\\n' | wc`;
    assert.is(said(script), 'regular file 755\nf\nk\n0 0 9 n\n      1       1       2\n');
  },
);

debian.run();
