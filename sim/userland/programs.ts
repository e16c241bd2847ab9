/** The programs of the userland room. */
import type { Programs } from '../kernel/program.ts';
import { bash } from './bash.ts';

export const programs: Programs = { bash };
