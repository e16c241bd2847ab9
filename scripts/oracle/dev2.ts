// development: random scripts
import { writeFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { openReal } from './real.ts';
import { simulated } from './simulated.ts';
import { normalAnswer, same } from './compare.ts';
import { scriptNumber } from './make/scripts.ts';
const [judge = 'acl', seed = '1', count = '50', show = '20'] = process.argv.slice(2);
const acc = { passwd: simulated('cat /etc/passwd').stdout, group: simulated('cat /etc/group').stdout };
const real = openReal(acc);
let bad = 0, shown = 0, next = 0;
const diffs: string[] = [];
async function test(steps: string[]) {
  const s = steps.join('\n') + '\n';
  const r = await real.answer(s);
  let m; try { m = simulated(s); } catch (e) { m = { stdout: '', stderr: String((e as Error).stack), status: -1 }; }
  return { r, m, ok: same(r, m) };
}
async function lane() {
  while (next < Number(count)) {
    const n = Number(seed) + next++;
    let steps = scriptNumber(judge, n);
    let t = await test(steps);
    if (t.ok) continue;
    bad++;
    if (shown >= Number(show)) continue;
    shown++;
    for (let i = steps.length - 1; i >= (judge === 'acl' ? 3 : 1); i--) { const less = steps.filter((_, j) => j !== i); const u = await test(less); if (!u.ok) { steps = less; t = u; } }
    const a = normalAnswer(t.r), b = normalAnswer(t.m);
    let text = `=== ${judge} ${n}\n${steps.slice(judge === 'acl' ? 2 : 1).join('\n')}\n`;
    for (const k of ['stdout', 'stderr'] as const) if (a[k] !== b[k]) {
      writeFileSync('/tmp/_real', a[k]); writeFileSync('/tmp/_sim', b[k]);
      try { execSync('diff -U1 /tmp/_real /tmp/_sim', { stdio: ['ignore', 'pipe', 'ignore'] }); } catch (e) { text += k + ' (- real, + sim)\n' + String((e as { stdout: Buffer }).stdout).split('\n').slice(2, 30).join('\n') + '\n'; }
    }
    if (a.status !== b.status) text += `status real ${a.status} sim ${b.status}\n`;
    console.log(text);
  }
}
await Promise.all([lane(), lane()]);
real.close();
console.log(`${count} scripts, ${bad} differ`);
process.exit(0);
