/** The programs of the userland room. */
import type { Programs } from '../kernel/program.ts';
import { getfacl } from './acl/getfacl.ts';
import { setfacl } from './acl/setfacl.ts';
import { bash } from './bash.ts';
import { chmod } from './coreutils/chmod.ts';
import { ls } from './coreutils/ls.ts';
import { stat } from './coreutils/stat.ts';

export const programs: Programs = { bash, chmod, getfacl, ls, setfacl, stat };
