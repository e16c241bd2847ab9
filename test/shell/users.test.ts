/**
 * Whose rights count: redirections, globs and tests ask the simulated kernel as the user who types.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { words } from './desk.ts';

const users = suite('users at the shell');
const operator = (script: string) => words(script, 'operator@pts/1');

users("a user's redirection to root's file is refused by name and line", () => {
  const said = operator('echo hi\necho x > /etc/x\necho $?\n');
  assert.is(said, 'hi\nbash: line 2: /etc/x: Permission denied\n1\n');
});

users('a group of commands is refused before any of them runs', () => {
  assert.is(
    operator('{ echo a; echo b >&2; } > /etc/x; ls /etc/x'),
    'bash: line 1: /etc/x: Permission denied\nls: cannot access /etc/x: No such file or directory\n',
  );
});

users('globs see what the user may see', () => {
  assert.is(
    operator('echo /root/* /etc/*-release'),
    '/root/* /etc/centos-release /etc/os-release /etc/redhat-release\n',
  );
  assert.is(words('touch /root/seen; echo /root/*'), '/root/seen\n');
});

users('globs over /dev find nodes, not dotfiles', () => {
  assert.is(
    words('echo /dev/tty[0-3] /dev/kv? /dev/.*/nothing'),
    '/dev/tty0 /dev/tty1 /dev/tty2 /dev/tty3 /dev/kvm /dev/.*/nothing\n',
  );
});

users('test -r and -w are access(2): an ACL entry for the user counts', () => {
  const ask = 'for d in r w; do [ -$d /tmp/w/f ] && echo $d; done';
  const grant = 'touch f; chmod 600 f; setfacl -m u:operator:r f';
  assert.is(words(`${grant}; su operator -c '${ask}'`), 'r\n');
  assert.is(words(`${grant}; setfacl -m m::- f; su operator -c '${ask}; echo none'`), 'none\n');
  assert.is(words(`chmod 000 f 2>/dev/null; touch f; chmod 000 f; ${ask}`), 'r\nw\n');
});

users('su runs a script as its user, in its home, and the script decides the status', () => {
  const script =
    'cd /tmp/w; echo $PWD $USER $HOME; touch mine; stat -c %U mine; echo x > /etc/y || exit 5';
  assert.is(
    words(`su - operator -c '${script}'; echo $? $PWD`),
    '/tmp/w operator /home/operator\noperator\n-bash: line 0: /etc/y: Permission denied\n5 /tmp/w\n'.replace(
      'line 0: ',
      '',
    ),
  );
});

users('runuser, setpriv and sudo before a shell', () => {
  const ask = '\'id -u; [ -w /etc/passwd ] && echo writes || echo reads; echo "$0 $1"\' name arg';
  for (const wrapper of [
    'runuser -u operator --',
    'sudo -u operator',
    'setpriv --reuid 1000 --regid 1000 --clear-groups',
  ]) {
    assert.is(words(`${wrapper} sh -c ${ask}`), '1000\nreads\nname arg\n', wrapper);
  }
});

users('a program in the way may refuse, in its own words', () => {
  assert.is(words("su nosuch -c 'echo a; echo b'; echo $?"), 'su: user nosuch does not exist\n1\n');
  assert.is(
    words("su bin -c 'echo a; echo b'; echo $?"),
    'This account is currently not available.\n1\n',
  );
  assert.is(
    operator("su root -c 'echo a; echo b'; echo $?"),
    'Password: su: Authentication failure\n1\n',
  );
});

users('another user inside another user', () => {
  const inner = 'runuser -u operator -- bash -c "bash -c \\"id -un; cd /; pwd\\"; pwd"';
  assert.is(words(inner), 'operator\n/\n/tmp/w\n');
});

users('standard input goes through to the script', () => {
  assert.is(words("printf 'a b\\nc\\n' | su operator -c 'read x y; echo $y; cat'"), 'b\nc\n');
});

users('a script file runs as its reader, or not at all', () => {
  const make = "printf '#!/bin/sh\\nid -un; echo $1\\n' > s; chmod 755 s";
  assert.is(
    words(`${make}; su operator -c '/tmp/w/s x'; runuser -u operator -- ./s y`),
    'operator\nx\noperator\ny\n',
  );
  assert.is(
    words(`${make}; chmod 700 s; runuser -u operator -- ./s; echo $?`),
    'runuser: failed to execute ./s: Permission denied\n1\n',
  );
});

users.run();
