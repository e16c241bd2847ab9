/**
 * The judges' scripts by number: the same seed and number give the same script, as a list of steps.
 */
import { aclScript } from './acl.ts';
import { type Draw, drawFrom } from './draw.ts';
import { shellScript } from './shell.ts';
import { udevScript } from './udev.ts';

/** Judge -> how it makes a script. */
export const makers: Readonly<Record<string, (draw: Draw) => string[]>> = {
  acl: aclScript,
  udev: udevScript,
  shell: shellScript,
};

export const scriptNumber = (judge: string, seed: number): string[] =>
  (makers[judge] ?? shellScript)(drawFrom(seed));
