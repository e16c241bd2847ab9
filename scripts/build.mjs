/**
 * One file of JavaScript for the command line, made anew whenever a source is newer than it.
 *
 * A clone runs TypeScript; three hundred small files, each loaded through tsx's hooks, take longer to load than the
 * scenario takes to play. esbuild (which tsx itself is made of) joins them in a tenth of a second.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(root, 'node_modules', '.cache', 'kvmlab', 'kvmlab.cjs');
const sources = ['sim', 'scenarios', 'models', 'scripts/build.mjs', 'package-lock.json'];

/** The newest modification below a path, directories included: a removed file moves its directory's time. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const below = readdirSync(path, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? newest(join(path, entry.name)) : statSync(join(path, entry.name)).mtimeMs,
  );
  return Math.max(stat.mtimeMs, ...below);
}

const fresh = () =>
  existsSync(outfile) &&
  statSync(outfile).mtimeMs > Math.max(...sources.map((path) => newest(join(root, path))));

/** The command line and all that it needs, as one script. */
export async function bundleTo(file) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(root, 'sim/cli/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minifySyntax: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
}

/** The path of the bundle, built if need be. */
export async function bundle() {
  if (fresh()) return outfile;
  // What V8 had compiled of the last bundle goes with it: see kvmlab.mjs.
  rmSync(dirname(outfile), { recursive: true, force: true });
  mkdirSync(dirname(outfile), { recursive: true });
  await bundleTo(outfile);
  return outfile;
}
