/** The text filters. */
import type { Programs } from '../../kernel/program.ts';
import { comm, uniq, wc } from './count.ts';
import { cut } from './cut.ts';
import { find } from './find.ts';
import { grep } from './grep.ts';
import { head, nl, rev, tac, tail } from './pick.ts';
import { sed } from './sed.ts';
import { sort } from './sort.ts';
import { tr } from './tr.ts';
import { xargs } from './xargs.ts';

export const text: Programs = {
  comm,
  cut,
  egrep: grep,
  fgrep: grep,
  find,
  grep,
  head,
  nl,
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
