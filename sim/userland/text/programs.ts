/** The text filters. */
import type { Programs } from '../../kernel/program.ts';
import { awk } from './awk.ts';
import { cmp } from './cmp.ts';
import { comm, uniq, wc } from './count.ts';
import { cut } from './cut.ts';
import { diff } from './diff.ts';
import { find } from './find.ts';
import { grep } from './grep.ts';
import { od } from './od.ts';
import { paste } from './paste.ts';
import { head, nl, rev, tac, tail } from './pick.ts';
import { sed } from './sed.ts';
import { sort } from './sort.ts';
import { tr } from './tr.ts';
import { xargs } from './xargs.ts';

export const text: Programs = {
  awk,
  cmp,
  comm,
  cut,
  diff,
  egrep: grep,
  fgrep: grep,
  find,
  gawk: awk,
  grep,
  head,
  nl,
  od,
  paste,
  rev,
  sed,
  sort,
  tac,
  tail,
  tr,
  uniq,
  wc,
  xargs,
};
