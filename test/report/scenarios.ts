/** Every scenario's broken host, asked by the real collect.sh; each is played once. */
import { readFileSync } from 'node:fs';
import { scenarios } from '../../scenarios/index.ts';
import { type Report, readReport } from '../../sim/explain/report/blocks.ts';
import { factsOf } from '../../sim/explain/report/facts.ts';
import { type Judgement, judge } from '../../sim/explain/report/judge.ts';
import { step } from '../../sim/host/step.ts';
import { shellOn } from '../../sim/host/terminal.ts';
import { brokenHost } from '../../sim/play/broken.ts';
import { createShell } from '../../sim/shell/create.ts';

const collect = readFileSync('collect.sh', 'utf8');

/** What `kvmlab shell NAME < collect.sh` prints. */
export function collected(name: string, profile?: string): string {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const seat = scenario.seat ?? 'root@pts/0';
  const [user = '', tty = ''] = seat.split('@');
  const { machinery, world } = brokenHost(name, scenario, profile ?? scenario.profiles[0] ?? '');
  const seated =
    shellOn(world, tty) === null ? step(machinery, world, { login: user, on: tty }) : world;
  return createShell(machinery, seated, seat).run(collect).stdout;
}

export function readable(text: string): Report {
  const report = readReport(text);
  if ('refused' in report) throw new Error(report.refused);
  return report;
}

/** Every scenario held against a report. */
export function judged(report: Report): Readonly<Record<string, Judgement>> {
  const readings = factsOf(report);
  return Object.fromEntries(
    Object.entries(scenarios).map(([name, { facts }]) => [name, judge(facts, readings)]),
  );
}

export const namesOf = (
  judgements: Readonly<Record<string, Judgement>>,
  verdict: Judgement['verdict'],
): string[] =>
  Object.entries(judgements).flatMap(([name, one]) => (one.verdict === verdict ? [name] : []));
