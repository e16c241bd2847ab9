/**
 * Random rules files, tried with `udevadm test` on /dev/kvm, and what they leave behind.
 */
import type { Draw } from './draw.ts';

const KVM = '/sys/devices/virtual/misc/kvm';

const substitutions =
  '%k %n %p %b %M %m %c %c{1} %c{2+} %P %D %L %N %r %S %E{A} %s{dev} %% $$ $kernel $number $devpath $id $driver $attr{dev} $sysfs{dev} $env{A} $major $minor $result $parent $name $links $root $sys $devnode $nosuch %z % $ $env $env{} %E $attr{} $attr{nosuch} $kernelx $sys%p a%kb$kernel-c plain'.split(
    ' ',
  );
const patterns =
  'kvm k* * k?m k[uv]m k[!u]m k[^u]m KVM kvm|fuse fuse|kvm fuse|tun k*|x |kvm kvm* ?vm [a-k]vm [k'.split(
    ' ',
  );
const programs = [
  '/bin/true',
  '/bin/false',
  '/bin/echo hi there',
  '/bin/echo one two three',
  '/nonexistent',
  '/bin/echo $kernel %M:%m',
  "/bin/echo 'a b' c",
  'echo x',
  '/usr/bin/printf a\\\\nb\\\\n',
  '/bin/cat /sys/class/misc/kvm/dev',
  "/bin/sh -c 'echo a b; exit 0'",
  "/bin/sh -c 'echo %k | tr a-z A-Z'",
  "/bin/sh -c 'test -c $devnode && echo there; exit 3'",
  '/bin/sh -c \'echo "$$DEVNAME" >&2; nosuch\'',
  "/usr/bin/env sh -c 'cat /sys%p/dev || echo none'",
  '/usr/bin/stat -c %%a /dev/kvm',
];

function match(draw: Draw): string {
  const is = draw.one(['==', '==', '==', '!=']);
  return draw.one([
    () => `KERNEL${is}"${draw.one(patterns)}"`,
    () => `KERNEL=="kvm"`,
    () => `KERNEL=="kvm"`,
    () => `SUBSYSTEM${is}"${draw.one(['misc', 'mis?', 'block', 'misc|tty'])}"`,
    () => `ACTION${is}"${draw.one(['add', 'change', 'add|change', 'remove'])}"`,
    () =>
      `ATTR{${draw.one(['dev', 'nosuch', 'power/control', 'uevent'])}}${is}"${draw.one(['10:232', '10:*', 'auto', '', '*', '?*'])}"`,
    () => `ATTRS{dev}${is}"10:232"`,
    () =>
      `ENV{${draw.one(['A', 'B', 'MAJOR', 'MINOR', 'DEVNAME', 'NOSUCH', '.H'])}}${is}"${draw.one(['', '1', '?*', '10', '232', 'x*'])}"`,
    () => `TAG${is}"${draw.one(['t', 'uaccess', 'nosuch'])}"`,
    () => `TAGS${is}"t"`,
    () =>
      `TEST${is}"${draw.one(['/dev/null', '/nonexistent', 'dev', 'power', '/dev/kvm', '/etc/passwd'])}"`,
    () => `TEST{${draw.one(['0444', '0111', '0060', '0666', '0002'])}}${is}"/dev/kvm"`,
    () => `PROGRAM${draw.one(['==', '=', '!='])}"${draw.one(programs)}"`,
    () => `RESULT${is}"${draw.one(['hi there', 'one*', '?*', ''])}"`,
    () => `DRIVER${is}"${draw.one(['', '?*'])}"`,
    () => `DEVPATH${is}"${draw.one(['*/kvm', '/devices/*', '/sys/*'])}"`,
    () => `NAME${is}"${draw.one(['kvm', '?*'])}"`,
    () => `SYMLINK${is}"${draw.one(['*', 'vm/kvm', 'x'])}"`,
    () => `CONST{${draw.one(['arch', 'nosuch'])}}${is}"x86-64"`,
    () => `SYSCTL{${draw.one(['kernel/ostype', 'kernel.ostype'])}}${is}"Linux"`,
    () => `KERNELS${is}"kvm"`,
    () => `SUBSYSTEMS${is}"misc"`,
    () =>
      `IMPORT{program}${draw.one(['==', '=', '!='])}"${draw.one(['/bin/echo A=1', '/bin/false', '/bin/echo bad', "/usr/bin/printf 'B=x y\\\\nC=2\\\\n'"])}"`,
    () => `IMPORT{file}${draw.one(['==', '='])}"${draw.one(['/tmp/w/env', '/nonexistent'])}"`,
    () => `IMPORT{${draw.one(['db', 'parent', 'cmdline'])}}="${draw.one(['ID_X', 'A', 'nosuch'])}"`,
  ])();
}

const text = (draw: Draw) =>
  draw.some(1, 2, () => draw.one(substitutions), draw.one(['', '-', ' ']));

function assignment(draw: Draw): string {
  const to = draw.one(['=', '=', '=', ':=', '+=']);
  return draw.one([
    () =>
      `MODE${to}"${draw.one(['0666', '0660', '0600', '666', '0', '7777', '0888', 'rw', '', ' 0666', '07777', '4755'])}"`,
    () => `MODE="${draw.one(['0666', '0660', '0600'])}"`,
    () =>
      `GROUP${to}"${draw.one(['kvm', '107', '0', 'root', 'nosuch', '', 'disk', '99999', '%k', '$env{A}', '-1'])}"`,
    () => `GROUP="kvm"`,
    () => `OWNER${to}"${draw.one(['root', 'daemon', '1', '1000', 'nosuch', '', '$env{A}'])}"`,
    () =>
      `SYMLINK${draw.one(['+=', '=', ':=', '-='])}"${draw.one(['vm/kvm', 'a1 a2', 'by/%k-%M:%m', '/dev/abs', '../x', 'a//b', 'kvm', 'a;b', '', ' ', '\\\\x41', 'l$env{A}', '$attr{dev}'])}"`,
    () => `ENV{${draw.one(['A', 'B', 'C', '.H', 'A B', '', 'MAJOR', 'ID_X'])}}${to}"${text(draw)}"`,
    () => `ENV{A}="${draw.one(['1', 'x', '', 'a b', 'kvm', 'daemon'])}"`,
    () => `ENV{OUT}="[${text(draw)}]"`,
    () =>
      `TAG${draw.one(['+=', '=', '-=', ':='])}"${draw.one(['t', 'uaccess', 'u v', 'x:y', 'seat'])}"`,
    () =>
      `OPTIONS${draw.one(['+=', '='])}"${draw.one(['static_node=kvm', 'watch', 'nowatch', 'db_persist', 'link_priority=100', 'link_priority=abc', 'string_escape=none', 'string_escape=replace', 'nosuch', '', 'last_rule'])}"`,
    () =>
      `RUN${draw.one(['+=', '=', ':=', '-='])}"${draw.one(['/bin/true', '/bin/echo %k', 'a', '/bin/false', ''])}"`,
    () =>
      `RUN{${draw.one(['builtin', 'program', 'fail_event_on_error', 'nosuch'])}}+="${draw.one(['uaccess', 'kmod load kvm', 'nosuch', '/bin/true x'])}"`,
    () => `NAME${draw.one(['=', '+='])}"${draw.one(['foo', 'kvm', ''])}"`,
    () => `ATTR{${draw.one(['nosuch', 'power/nosuch'])}}="1"`,
    () => `SECLABEL{selinux}="x"`,
    () => `LABEL="${draw.one(['a', 'b', 'end'])}"`,
    () => `GOTO="${draw.one(['a', 'b', 'end', 'nosuch'])}"`,
  ])();
}

const broken = [
  'KERNEL="kvm"',
  'KERNEL=="kvm" MODE="0666"',
  'KERNEL=="kvm",, MODE="0666"',
  'KERNEL=="kvm", MODE="0666",',
  'KERNEL=="kvm"',
  'KERNEL==kvm, MODE="0666"',
  'KERNEL=="kvm, MODE="0666"',
  'KERNEL=="kvm", MODE="0666',
  'KERNEL== "kvm" , MODE = "0666"',
  '  KERNEL=="kvm",\tMODE="0666"',
  'KERNEL=="kvm", MODE="0666" # trailing',
  'kernel=="kvm", MODE="0666"',
  'NOSUCH=="kvm", MODE="0666"',
  'KERNEL{x}=="kvm", MODE="0666"',
  'ATTR=="x", MODE="0666"',
  'ATTR{=="x", MODE="0666"',
  'MODE{x}="0666"',
  'MODE',
  'MODE=',
  '="0666"',
  'MODE=="0666"',
  'MODE-="0666"',
  'MODE<"0666"',
  'MODE="0666"GROUP="kvm"',
  'MODE="0666"; GROUP="kvm"',
  'ENV{A}=e"x\\\\ty\\\\x41"',
  'ENV{A}="q\\\\"q"',
  'ENV{A}="b\\\\\\\\b"',
  'ENV{A}=e"bad\\\\q"',
  'KERNEL=="kvm", \\\\\nMODE="0666"',
  'KERNEL=="kvm", \\\\\n# comment\nMODE="0666"',
  '# only a comment',
  '',
  'GROUP="kvm", GROUP="disk"',
  'KERNEL=="kvm", KERNEL=="fuse", MODE="0666"',
  'GOTO=="end"',
  'LABEL=="end"',
  'TAGS+="x"',
  'ENV="x"',
  'IMPORT="x"',
  'IMPORT{nosuch}="x"',
  'IMPORT{builtin}="nosuch"',
  'OPTIONS=="x"',
  'RUN=="x"',
];

function rule(draw: Draw): string {
  if (draw.rarely(9)) return draw.one(broken);
  const matches = draw.some(0, 2, () => match(draw), ', ');
  const does = draw.some(1, 3, () => assignment(draw), ', ');
  return matches === '' ? does : `${matches}, ${does}`;
}

/** As printf's format: percents doubled, single quotes closed and opened again. */
const asFormat = (rules: string) =>
  rules.replaceAll('%', '%%').replaceAll("'", "'\\''").replaceAll('\n', '\\n');

function prepare(draw: Draw): string {
  return draw.one([
    'true',
    'true',
    'true',
    'chmod 666 /dev/kvm',
    'chown daemon:disk /dev/kvm; chmod 640 /dev/kvm',
    'chmod 600 /dev/kvm; setfacl -m u:1000:rw /dev/kvm',
    'chmod 600 /dev/kvm; setfacl -m u:1000:rw /dev/kvm; setfacl -x u:1000 /dev/kvm',
    'setfacl -m u:1000:rw,g:27:r,m::rwx /dev/kvm',
    'rm /dev/kvm',
    'rm /dev/kvm; touch /dev/kvm',
    'rm /dev/kvm; ln -s nowhere /dev/kvm',
    'rm /dev/kvm; mknod -m 640 /dev/kvm c 10 143',
    "mkdir -p /run/systemd/seats; printf 'ACTIVE=1\\nACTIVE_UID=1000\\n' >/run/systemd/seats/seat0",
    'mkdir /run/udev/data; printf "E:ID_X=old\\nS:old/link\\nG:t\\n" >/run/udev/data/c10:232',
  ]);
}

const look = [
  'stat -c "%a %A %u %g %F" /dev/kvm; getfacl -cp /dev/kvm',
  'find /dev -type l ! -path "/dev/fd*" ! -name "std*" ! -name ptmx ! -name core ! -name fd ! -name log -printf "%P -> %l\\n" | sort',
  'test -f /run/udev/data/c10:232 && grep -v ^I: /run/udev/data/c10:232 | sort',
  'find /run/udev -type f ! -name .lock | sort',
];

function file(draw: Draw): string {
  const name = draw.one(['50-t', '10-a', '90-z', '9-x', 'B', '60-b']);
  const directory = draw.one(['/etc', '/etc', '/etc', '/run', '/usr/lib']);
  const ending = draw.rarely(15) ? draw.one(['.txt', '.rules.bak', '.RULES']) : '.rules';
  const rules = `${draw.some(1, 4, () => rule(draw), '\n')}\n`;
  return `mkdir -p ${directory}/udev/rules.d; printf '${asFormat(rules)}' >${directory}/udev/rules.d/${name}${ending}`;
}

function event(draw: Draw): string {
  const action = draw.one(['add', 'add', 'add', 'change', 'change', 'remove', 'bind', 'online']);
  const test = `udevadm test --action=${action} ${KVM}; echo "rc $?"`;
  return draw.one([
    test,
    test,
    test,
    `udevadm test ${KVM}`,
    `udevadm test -a ${action} ${draw.one(['/class/misc/kvm', '/sys/class/misc/kvm', '/devices/virtual/misc/kvm', KVM])}`,
    `udevadm info ${draw.one(['-q property -n kvm', '-q symlink -n kvm', '-q name -p /class/misc/kvm', '-q path -n /dev/kvm', '/dev/kvm', KVM, '-q all -n kvm', '-x -q property -n kvm', '-r -q symlink -n kvm'])}`,
    `udevadm test-builtin ${draw.one(['uaccess', 'nosuch', 'path_id'])} ${KVM}; echo "rc $?"`,
  ]);
}

/** Only what the given rules do: none of the host's own, no database, a fresh node. */
const clean =
  'rm -rf /run/udev /run/systemd/seats /etc/udev/rules.d /usr/lib/udev/rules.d/* /dev/char /tmp/w; mkdir -p /run/udev /etc/udev/rules.d /tmp/w; rm -f /dev/kvm; mknod -m 600 /dev/kvm c 10 232';

export function udevScript(draw: Draw): string[] {
  return [
    clean,
    ...(draw.rarely(4) ? [`printf 'A=file\\nB="q r"\\n#c\\nbad\\n' >/tmp/w/env`] : []),
    ...Array.from({ length: 1 + draw.below(3) }, () => file(draw)),
    ...(draw.rarely(12) ? ['ln -s /dev/null /etc/udev/rules.d/60-b.rules'] : []),
    prepare(draw),
    ...Array.from({ length: 1 + draw.below(2) }, () => event(draw)),
    ...look,
  ];
}
