/** The programs of the rpm room. */
import type { Programs } from '../kernel/program.ts';
import { rpm } from './rpm.ts';
import { yum } from './yum.ts';

export const programs: Programs = { rpm, yum };
