/** `npm run scenario`, `npm run kvmlab`: build what is outdated, then run it in this process. */
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { bundle } from './build.mjs';

// A scenario is over before optimized code has paid for itself: let the quick compiler serve for longer.
setFlagsFromString('--sparkplug');
setFlagsFromString('--interrupt-budget=1000000');

await import(pathToFileURL(await bundle()).href);
