/**
 * If this fails, a bad report is believed, or a good one is not: what is missing, cut off or contradictory is named.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { entryText } from '../../sim/acl/text.ts';
import { collectAgain } from '../../sim/cli/collectAgain.ts';
import { reportView } from '../../sim/cli/reportView.ts';
import { nodeLine } from '../../sim/explain/node.ts';
import { looksLikeReport, readReport } from '../../sim/explain/report/blocks.ts';
import { differences } from '../../sim/explain/report/compare.ts';
import { factsOf } from '../../sim/explain/report/facts.ts';
import { nearestHost } from '../../sim/explain/report/host.ts';
import { reconstruct } from '../../sim/explain/report/reconstruct.ts';
import { type ReportExplanation, whyReport } from '../../sim/explain/report/whyReport.ts';
import { usable } from '../../sim/explain/usable.ts';
import { recognise } from '../../sim/explain/what.ts';
import { plain } from '../../sim/play/view.ts';
import { readable } from './scenarios.ts';

const reports = suite('reports');
const kept = (name: string) => readFileSync(`test/fixtures/reports/${name}.txt`, 'utf8');
const incident = kept('acl-group-empty');

function explained(text: string): ReportExplanation {
  const found = whyReport(text, { causes: scenarios, orders: false });
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

const problems = (text: string) => explained(text).problems.map(({ says }) => says.en);

/** The answer of the first command that begins so, replaced. */
function answering(text: string, command: string, answer: string): string {
  const [before = '', after = ''] = text.split(`$ ${command}`, 2);
  const [rest = '', ...blocks] = after.split(/\n(?=[$#] )/);
  const [asked = ''] = rest.split('\n');
  return [`${before}$ ${command}${asked}\n${answer}`, ...blocks].join('\n');
}

reports('recognised among other evidence, and refused with a reason', () => {
  assert.is(recognise(incident)?.kind, 'report');
  assert.is(recognise('user::rw-\ngroup::---\nother::rw-\n')?.kind, 'getfacl');
  assert.not.ok(looksLikeReport('a report of mine\n'));
  assert.match(JSON.stringify(readReport('# kvmlab report 2\n$ id -u\n0\n')), /version 2/);
  assert.match(JSON.stringify(readReport('# kvmlab report 1\n')), /holds no command/);
});

reports('who decides is computed, with the entry and its line', () => {
  const { computed } = explained(incident);
  assert.is(computed?.verdict.granted, false);
  assert.is(
    typeof computed?.verdict.by === 'string' ? '' : entryText(computed?.verdict.by as never),
    'group::---',
  );
  const [quote] = computed?.quotes ?? [];
  assert.is(incident.split('\n')[(quote?.at ?? 0) - 1], 'group::---');
});

reports('every quote is the line of its number', () => {
  const lines = incident.split('\n');
  let seen = 0;
  for (const reading of Object.values(factsOf(readable(incident)))) {
    for (const { at, line, silent } of reading?.quotes ?? []) {
      assert.is(lines[at - 1]?.trim(), silent ? `$ ${line}` : line);
      seen++;
    }
  }
  assert.ok(seen > 30, `${seen} quotes`);
});

reports('cut off in the middle', () => {
  const half = incident.slice(0, incident.indexOf('$ getent group'));
  assert.match(problems(half).join('\n'), /ends in the middle, in `getent passwd/);
});

reports('two in one file, a part missing, a command given up', () => {
  assert.match(problems(`${incident}${incident}`).join('\n'), /holds 2 reports/);
  const [start = '', end = ''] = incident.split(/# programs\n[\s\S]*(?=# libvirt\n)/);
  assert.match(problems(start + end).join('\n'), /Parts of the report are missing: programs/);
  const given = answering(incident, 'dmesg | grep -iE', '# no answer within ten seconds');
  assert.match(problems(given).join('\n'), /No answer within ten seconds: `dmesg/);
  assert.is(factsOf(readable(given)).kernelSaid, null);
});

reports('no tool that knows ACLs: the verdict on the rights stands open', () => {
  const text = answering(incident, 'getfacl -nc /dev/kvm', 'sh: 1: getfacl: not found');
  const found = explained(text);
  assert.match(problems(text).join('\n'), /the ACL is unknown/);
  assert.is(found.readings.rights, null);
  assert.is(found.causes.find(({ name }) => name === 'acl-group-empty')?.judgement.verdict, 'fits');
});

reports('without getfacl, getfattr tells the same', () => {
  const hex = '0x0200000001000600ffffffff04000000ffffffff10000600ffffffff20000600ffffffff';
  const shown = `sh: 1: getfacl: not found\n$ getfattr -e hex -n system.posix_acl_access /dev/kvm\n# file: dev/kvm\nsystem.posix_acl_access=${hex}`;
  const { readings } = explained(answering(incident, 'getfacl -nc /dev/kvm', shown));
  assert.equal([readings.acl?.value, readings.rights?.value], ['frozen', 'refused']);
});

reports('two answers that do not go together', () => {
  const mended = answering(
    incident,
    'getfacl -nc /dev/kvm',
    'user::rw-\ngroup::rw-\nmask::rw-\nother::rw-\n',
  );
  assert.match(problems(mended).join('\n'), /let QEMU in, and `test` as that user says no/);
  assert.match(problems(kept('nodev-mount')).join('\n'), /`test` says yes and open says no/);
});

reports('the nearest simulated host, and how it differs', () => {
  const { profile, differs } = nearestHost(readable(incident));
  assert.equal([profile, differs], ['debian12', []]);
  const other = incident.replace(/^PRETTY_NAME=.*/m, 'PRETTY_NAME="Fedora Linux 43"');
  assert.match(nearestHost(readable(other)).differs[0]?.en ?? '', /Debian 12, not Fedora Linux 43/);
  const old = incident.replace(/^PRETTY_NAME=.*/m, 'PRETTY_NAME="CentOS Linux 7 (Core)"');
  assert.is(nearestHost(readable(old)).profile, 'centos7');
});

reports('a simulated host comes into the reported state', () => {
  for (const name of ['acl-group-empty', 'qemu-conf-user', 'default-acl-on-dev']) {
    const report = readable(kept(name));
    const reported = factsOf(report);
    const history = reconstruct(report, reported);
    const unlike = differences(reported, factsOf(collectAgain(report, history))).map(
      ({ fact }) => fact,
    );
    for (const fact of [
      'node',
      'acl',
      'defaultAcl',
      'nodeGroup',
      'rights',
      'member',
      'rule',
    ] as const)
      assert.not.ok(unlike.includes(fact), `${name}: ${fact}`);
    assert.is(usable(history), 'Permission denied', nodeLine(history.worlds.at(-1) as never) ?? '');
  }
});

reports('the first lines say what is broken and what to do; 80 columns, both languages', () => {
  for (const language of ['en', 'zh'] as const) {
    const text = reportView(explained(incident), 'report.txt', {
      language,
      paint: plain,
      full: false,
    });
    const lines = text.split('\n');
    assert.ok(lines.length <= 68, `${lines.length} lines`);
    assert.match(lines.slice(0, 4).join('\n'), /acl-group-empty[\s\S]*setfacl -m g::rw/);
    for (const line of lines) assert.ok([...line].length <= 80, line);
  }
});

reports.run();
