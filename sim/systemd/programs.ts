/** The programs of the systemd room. */
import type { Programs } from '../kernel/program.ts';
import { journalctl } from './journalctl.ts';
import { systemd } from './pid1.ts';
import { systemctl } from './systemctl.ts';

export const programs: Programs = { systemd, systemctl, journalctl };
