import { scenarios } from './scenarios/index.ts';
import { play } from './sim/play/play.ts';
import { broken, view, plain } from './sim/play/view.ts';
const [name = '', prof, full] = process.argv.slice(2);
const names = name === 'ALL' ? Object.keys(scenarios) : name.split(',');
for (const n of names) {
  const s = scenarios[n]!;
  for (const p of prof && prof !== 'all' ? [prof] : s.profiles) {
    const t = performance.now();
    try {
      const b = play(n, s, p);
      const bad = broken(b);
      if (full !== 'q') console.log(view(b, { language: 'en', paint: plain, full: full === 'full' }));
      console.log(n, p, (performance.now() - t).toFixed(0) + ' ms', bad.length ? 'BROKEN\n   ' + bad.join('\n   ') : 'ok');
    } catch (e) { console.log(n, p, 'THROWS', (e as Error).stack?.split('\n').slice(0,4).join('\n')); }
  }
}
