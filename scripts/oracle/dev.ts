// development: run script files, show diffs
import { readFileSync, writeFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { openReal } from './real.ts';
import { simulated } from './simulated.ts';
import { normalAnswer, same } from './compare.ts';
const acc = { passwd: simulated('cat /etc/passwd').stdout, group: simulated('cat /etc/group').stdout };
const real = openReal(acc);
let bad = 0, n = 0;
const files = process.argv.slice(2);
for (const f of files) {
  const scripts = readFileSync(f, 'utf8').split(/^####.*\n/m).filter((s) => s.trim() !== '');
  for (const s of scripts) {
    n++;
    const r = await real.answer(s);
    let m; try { m = simulated(s); } catch (e) { m = { stdout: '', stderr: String((e as Error).stack), status: -1 }; }
    if (same(r, m)) continue;
    bad++;
    const a = normalAnswer(r), b = normalAnswer(m);
    console.log('=== SCRIPT ' + n + '\n' + s);
    for (const k of ['stdout', 'stderr'] as const) if (a[k] !== b[k]) {
      writeFileSync('/tmp/_real', a[k]); writeFileSync('/tmp/_sim', b[k]);
      try { execSync('diff -U1 /tmp/_real /tmp/_sim', { stdio: ['ignore', 'pipe', 'ignore'] }); } catch (e) { console.log(k + ' (- real, + sim)\n' + String((e as { stdout: Buffer }).stdout).split('\n').slice(2).join('\n')); }
    }
    if (a.status !== b.status) console.log(`status real ${a.status} sim ${b.status}`);
  }
}
real.close();
console.log(`${n} scripts, ${bad} differ`);
