/** `npm run scenario`, `npm run kvmlab`: build what is outdated, then run it in this process. */
import { pathToFileURL } from 'node:url';
import { bundle } from './build.mjs';

await import(pathToFileURL(await bundle()).href);
