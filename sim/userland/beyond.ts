/**
 * Options that Debian 12's tools have and these do not: refused by name, where getopt would call them unknown.
 *
 * Models: the --help texts of coreutils 9.1, findutils 4.9, grep 3.8, sed 4.9, diffutils 3.8, attr 2.5.1, util-linux 2.38.1
 */

/** Letters with their dash, words without. */
const beyond: Readonly<Record<string, string>> = {
  chgrp: 'no-preserve-root preserve-root',
  chmod: 'no-preserve-root preserve-root',
  chown: 'no-preserve-root preserve-root',
  cmp: '-b print-bytes -i ignore-initial -l verbose -n bytes -v',
  comm: 'check-order nocheck-order output-delimiter total -z zero-terminated',
  cp: 'attributes-only copy-contents reflink sparse strip-trailing-slashes -Z context',
  cut: '-z zero-terminated',
  date: 'debug file resolution rfc-email',
  diff: 'normal -c -C context -e ed -n rcs -y side-by-side -W width left-column suppress-common-lines -p show-c-function -F show-function-line label -t expand-tabs -T initial-tab tabsize suppress-blank-empty -l paginate -r recursive no-dereference new-file unidirectional-new-file ignore-file-name-case no-ignore-file-name-case -x exclude -X exclude-from -S starting-file from-file to-file -i ignore-case -E ignore-tab-expansion -Z ignore-trailing-space ignore-space-change -w ignore-all-space -B ignore-blank-lines -I ignore-matching-lines text strip-trailing-cr -D ifdef line-format -d minimal horizon-lines speed-large-files color palette -v',
  env: '-C chdir -S split-string block-signal default-signal ignore-signal list-signal-handling -v debug',
  getfattr: 'one-file-system',
  grep: 'no-ignore-case label binary-files -d directories -D devices dereference-recursive exclude-from exclude-dir -T initial-tab -Z group-separator no-group-separator -U binary',
  head: '-z zero-terminated',
  hostname: 'alias all-fqdns -b boot file ip-address all-ip-addresses yp nis',
  install: 'strip-program preserve-context -Z context',
  ln: '-F directory interactive',
  ls: 'block-size -D dired dereference-command-line-symlink-to-dir hyperlink quoting-style tabsize context author show-control-chars zero format dereference-command-line kibibytes',
  mkdir: 'context',
  mkfifo: 'context',
  mknod: 'context',
  mount:
    '-a all -c no-canonicalize -f fake -F fork -T fstab -i internal-only -l show-labels -m mkdir -n no-mtab options-mode options-source options-source-force -O test-opts -r read-only -t types source target target-prefix -v verbose -w rw read-write -N namespace -L label -U uuid -B bind -M move -R rbind make-shared make-slave make-private make-unbindable make-rshared make-rslave make-rprivate make-runbindable',
  mv: 'strip-trailing-slashes -Z context',
  nl: 'body-numbering -d section-delimiter -f footer-numbering header-numbering line-increment -l join-blank-lines number-format -p no-renumber number-separator starting-line-number number-width',
  od: 'endian skip-bytes read-bytes -S strings width traditional -a -f -i -l -s',
  paste: '-z zero-terminated',
  realpath: 'logical physical relative-to relative-base',
  runuser: '-w whitelist-environment session-command -f fast -P pty',
  sed: 'debug follow-symlinks -l line-length posix sandbox -u unbuffered -z null-data',
  setfattr: 'raw',
  sort: 'ignore-nonprinting -M month-sort -R random-sort random-source sort batch-size compress-program debug files0-from -S buffer-size -T temporary-directory parallel zero-terminated',
  stat: 'cached',
  su: '-w whitelist-environment session-command -f fast -P pty',
  tac: '-b before -r regex -s separator',
  tail: '-F max-unchanged-stats pid retry -s sleep-interval -z zero-terminated',
  tee: '-p output-error',
  timeout: '-v verbose',
  uniq: '-D all-repeated group -z zero-terminated',
  wc: 'files0-from',
  who: 'all boot dead heading ips login lookup process count runlevel short time mesg users message writable',
  xargs: '-E -e eof -o open-tty -p interactive process-slot-var -s max-chars show-limits -x exit',
};

/** getopt's complaint, or what is said instead of it. */
export function asRefusal(complaint: string): string {
  const found = /^(.*): (?:unrecognized option '--(.*)'|invalid option -- '(.)')$/.exec(complaint);
  const [, path = '', word, letter] = found ?? [];
  const name = path.replace(/.*\//, '');
  const option = word ?? `-${letter}`;
  const known = Object.hasOwn(beyond, name) ? (beyond[name] ?? '').split(' ') : [];
  const full = known.find((each) => each === option || (word && each.startsWith(option)));
  if (found === null || full === undefined) return complaint;
  return `kvmlab: ${name} ${word === undefined ? full : `--${full}`} is not modelled`;
}
