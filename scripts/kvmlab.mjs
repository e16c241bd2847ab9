/**
 * `npm run scenario`, `npm run kvmlab`: build what is outdated, then run it in this process.
 *
 * What V8 has compiled by the end of a run is kept beside the bundle; reading it back is much quicker than compiling.
 * V8 itself refuses what another version or other flags have made.
 */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';
import { bundle } from './build.mjs';

// A scenario is over before optimized code has paid for itself, and so are most models of `explore`: let the quick
// compiler serve for longer. Other searches are not, and a large model takes minutes either way.
const searches = ['fixes', 'why'];
if (!searches.includes(process.argv[2])) {
  setFlagsFromString('--sparkplug');
  // Later V8s have no such flag, and say so on standard error.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1000000');
}

/** One for each bundle and verb, as a list of scenarios compiles little of what playing one needs. */
function compiledFile(file) {
  const [verb = '', ...words] = process.argv.slice(2);
  const name = verb.replace(/[^a-z]/g, '') + (words.length > 0 ? '-named' : '');
  return `${file}.${statSync(file).mtimeMs}.${name}.v8`;
}

function keep(script, path) {
  try {
    writeFileSync(`${path}.${process.pid}`, script.createCachedData());
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A directory that cannot be written to, or is gone: the next run compiles again.
  }
}

const file = await bundle();
const compiled = compiledFile(file);
// esbuild writes ASCII, and that is quicker to read as what it is.
const script = new Script(`(function (require) {${readFileSync(file, 'latin1')}\n})`, {
  filename: file,
  cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
if (script.cachedDataRejected !== false) process.once('exit', () => keep(script, compiled));
script.runInThisContext()(createRequire(file));
