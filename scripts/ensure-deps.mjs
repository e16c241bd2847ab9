/**
 * Before a script that needs them: install the locked dependencies when they are missing or outdated.
 *
 * Compares package-lock.json with what npm last installed (node_modules/.package-lock.json). Says what it
 * does on stderr; does and says nothing when all is in place. Plain JavaScript: it runs before tsx exists.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/** Why an installation is needed; null when none is. */
function reason() {
  const installedFile = join('node_modules', '.package-lock.json');
  if (!existsSync(join(root, installedFile))) return 'not installed yet';
  const installed = packages(installedFile);
  for (const [path, wanted] of Object.entries(packages('package-lock.json'))) {
    if (path === '' || wanted.optional) continue;
    if (installed[path]?.version !== wanted.version || !existsSync(join(root, path)))
      return `${path} is not at ${wanted.version}`;
  }
  return null;
}

const why = reason();
if (why !== null) {
  process.stderr.write(`kvmlab: installing its dependencies (${why}) ...\n`);
  const npm = process.env.npm_execpath;
  const [program, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(program, [...args, ...flags], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write(
      'kvmlab: `npm ci` has failed: see its message above. Without a network, run it once where there is one.\n',
    );
    process.exit(1);
  }
}
