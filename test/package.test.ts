/**
 * The package as others get it: packed, installed into an empty project, and its example run by two test runners.
 *
 * Needs npm's registry (or its cache) for the package's own dependencies and for vitest. Without it the test says so and
 * passes over; in CI it fails.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const packed = suite('the package');

const windows = process.platform === 'win32';

function run(cwd: string, program: string, ...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined };
  const shell = windows && program === 'npm';
  return spawnSync(program, args, { cwd, env, encoding: 'utf8', shell });
}

const npm = (cwd: string, ...args: string[]) =>
  run(cwd, 'npm', ...args, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');

/** What the types allow, with @types/node beside, which memfs's own types need. */
const typed = `import { createHost, type Host } from 'kvmlab/testing';
const host: Host = createHost({ profile: 'debian12' });
const mode: number = Number(host.fs().statSync('/dev/kvm').mode);
export const shown: string = host.run('ls -l /dev/kvm').stdout + mode;
`;

/** Throws the last line that npm said, where it could not install. */
function install(project: string): void {
  const packing = npm(process.cwd(), 'pack', '--json', '--pack-destination', project);
  const [{ filename }] = JSON.parse(packing.stdout);
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }\n');
  const installed = npm(project, 'install', join(project, filename), 'vitest@3', '@types/node@20');
  if (installed.status !== 0) throw new Error(installed.stderr.trim().split('\n').at(-1));
}

function use(project: string): void {
  cpSync('examples/kvm-monitor', project, { recursive: true });

  const node = run(project, process.execPath, '--test', '--test-reporter=tap', 'monitor.test.js');
  assert.match(node.stdout, /^# pass 6$/m, node.stdout + node.stderr);
  const vitest = run(project, process.execPath, 'node_modules/vitest/vitest.mjs', 'run');
  assert.match(vitest.stdout, /6 passed/, vitest.stdout + vitest.stderr);

  const command = run(
    project,
    process.execPath,
    'node_modules/kvmlab/bin/kvmlab.js',
    'scenario',
    'kvm-works',
  );
  assert.is(command.status, 0, command.stderr);

  writeFileSync(join(project, 'typed.ts'), typed);
  const tsc = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc');
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
  ];
  const checked = run(project, process.execPath, tsc, ...options, 'typed.ts');
  assert.is(checked.status, 0, checked.stdout);

  const { dependencies } = JSON.parse(
    readFileSync(join(project, 'node_modules/kvmlab/package.json'), 'utf8'),
  );
  assert.not.ok('tsx' in dependencies);
}

packed('installs into an empty project and runs under node:test and vitest', () => {
  const project = mkdtempSync(join(tmpdir(), 'kvmlab-package-'));
  try {
    try {
      install(project);
    } catch (error) {
      if (process.env['CI']) throw error;
      process.stdout.write(`  skipped: npm cannot install here: ${error}\n`);
      return;
    }
    use(project);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});

packed.run();
