/**
 * How long a scenario takes, against the least that its libraries could take: it prints, it does not judge.
 *
 * All are timed as whole processes, in turn, so that a machine that slows down slows all. The yardstick is a
 * TypeScript file that imports xstate and immer and does nothing with them, run by node with tsx loaded and by the
 * command tsx, which starts a node of its own.
 * `node scripts/bench/scenario.mjs [runs] [scenario]`
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../build.mjs';

const [runs = '9', scenario = 'acl-group-empty'] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));
const below = join(root, 'node_modules', '.cache', 'bench');
const bare = join(below, 'bare.ts');
mkdirSync(below, { recursive: true });
writeFileSync(
  bare,
  "import { produce } from 'immer';\nimport { setup } from 'xstate';\nsetup({});\nproduce({}, () => {});\n",
);

function seconds(args) {
  const begun = performance.now();
  const { error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  if (error) throw error;
  return (performance.now() - begun) / 1000;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const commands = {
  [`scenario ${scenario}`]: ['scripts/kvmlab.mjs', 'scenario', scenario],
  'node --import tsx': ['--import', 'tsx', bare],
  tsx: [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), bare],
};

await bundle();
for (const args of Object.values(commands)) seconds(args); // what is compiled or cached once is not counted
const rounds = Array.from({ length: Number(runs) }, () => Object.values(commands).map(seconds));
for (const [at, name] of Object.keys(commands).entries()) {
  const times = rounds.map((round) => round[at]);
  process.stdout.write(
    `${name.padEnd(26)} ${median(times).toFixed(3)} s  (${Math.min(...times).toFixed(3)} to ${Math.max(...times).toFixed(3)})\n`,
  );
}
for (const [at, name] of Object.keys(commands).entries()) {
  if (at === 0) continue;
  const ratio = median(rounds.map((times) => times[0] / times[at]));
  process.stdout.write(`${`ratio to ${name}`.padEnd(26)} ${ratio.toFixed(2)}\n`);
}
