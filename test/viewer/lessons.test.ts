/**
 * Lessons: both languages ask the same, the host answers, and what students hand in is judged again from nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { VERSION } from '../../sim/host/version.ts';
import { type Exercise, type Lesson, lessonId, lessonOf, modes } from '../../sim/lessons/lesson.ts';
import {
  type Given,
  givenOf,
  misplayed,
  type Submission,
  seedOf,
  textHash,
} from '../../sim/lessons/submission.ts';
import { type Answer, gradeOf, type Task, taskOf } from '../../sim/lessons/task.ts';

const lessons = suite('lessons');
const FOLDER = 'docs/lessons';
const files = readdirSync(FOLDER).filter((name) => /^\d.*\.md$/.test(name));
const read = (name: string): Lesson => lessonOf(name, readFileSync(join(FOLDER, name), 'utf8'));
const english = files.filter((name) => !name.endsWith('.zh.md')).sort();

/** What an exercise asks, without the words that are translated. */
const bare = (exercise: Exercise) => ({
  ...exercise,
  ask: exercise.ask !== null,
  hints: exercise.hints.length,
});

lessons('at least twelve, each in both languages with the same exercises', () => {
  assert.ok(english.length >= 12);
  for (const name of english) {
    const [en, zh] = [read(name), read(name.replace('.md', '.zh.md'))];
    assert.equal(zh.exercises.map(bare), en.exercises.map(bare), name);
    assert.equal([zh.minutes, zh.needs, zh.scenario], [en.minutes, en.needs, en.scenario], name);
    assert.is(zh.objectives.length, en.objectives.length, name);
    assert.match(
      zh.title + zh.parts.map((p) => ('prose' in p ? p.prose : '')).join(),
      /\p{Script=Han}/u,
    );
    for (const lesson of [en, zh]) assert.ok(lesson.notes.trim().length > 20, name);
    for (const need of en.needs) assert.ok(english.includes(`${need}.md`), `${name} needs ${need}`);
  }
});

lessons('every mode is taught, and every exercise has a ladder of hints', () => {
  const all = english.flatMap((name) => read(name).exercises);
  for (const mode of modes)
    assert.ok(
      all.some((exercise) => exercise.mode === mode),
      mode,
    );
  for (const exercise of all) assert.ok(exercise.hints.length > 0, JSON.stringify(exercise));
});

const rightAnswer = (task: Task): Answer => (task.kind === 'choice' ? task.correct : task.key());

lessons(
  'the host answers every exercise, for three seeds; the right answer is worth all, another is not',
  () => {
    let asked = 0;
    for (const name of english) {
      const lesson = read(name);
      for (const seed of [1, 2, 3]) {
        for (const number of lesson.exercises.keys()) {
          const task = taskOf(scenarios, lesson, number, seed);
          const graded = gradeOf(task, rightAnswer(task));
          assert.is(graded.points, graded.of, `${name}, exercise ${number + 1}, seed ${seed}`);
          if (task.kind === 'choice') {
            assert.ok(task.options.length >= 2 && task.correct >= 0, name);
            const texts = task.options.map(({ text }) => text.en);
            assert.is(new Set(texts).size, texts.length, `${name}: two options are the same`);
            assert.is(gradeOf(task, (task.correct + 1) % task.options.length).points, 0);
          } else assert.is(gradeOf(task, []).points, 0, `${name}: nothing done is worth nothing`);
          asked++;
        }
      }
    }
    assert.ok(asked >= 90, `${asked}`);
  },
);

lessons('a seed always draws the same, and other seeds draw other hosts', () => {
  const lesson = read('04-the-seat.md');
  const text = (seed: number) =>
    JSON.stringify(taskOf(scenarios, lesson, 1, seed), ['happened', 'en']);
  assert.is(text(5), text(5));
  assert.ok(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(text)).size > 4);
});

lessons('a lesson that is none is refused in a sentence that says where', () => {
  const head = '---\ntitle: x\nminutes: 1\nscenario: kvm-works\n---\n';
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['no head', /does not begin with a head/],
    ['---\ntitle: x\n---\n', /needs a line `minutes/],
    [`${head}\`\`\`predict\nrun: ls\n\`\`\`\n`, /exercise 1 needs a line `at/],
    [`${head}\`\`\`predict\nat: x\nrun: ls\n\`\`\`\n`, /expected a number or a range/],
    [`${head}\`\`\`diagnose\nat: 1\nquestion: constructor\n\`\`\`\n`, /no question constructor/],
    [`${head}\`\`\`predict\nwhat\n\`\`\`\n`, /line 1: expected/],
  ];
  for (const [text, reason] of wrong) assert.throws(() => lessonOf('own.md', text), reason);
  const late = lessonOf('own.md', `${head}\`\`\`predict\nat: 99\nrun: ls\n\`\`\`\n`);
  assert.throws(() => taskOf(scenarios, late, 0, 1), /so there is no step 99/);
});

const file = '01-what-is-dev-kvm.md';

function submissionOf(student: string, right: boolean): Submission {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const lesson = lessonOf(file, text);
  const seed = seedOf(student, lesson.id);
  const answers = lesson.exercises.map((_, exercise) => {
    const task = taskOf(scenarios, lesson, exercise, seed);
    const answer =
      task.kind === 'choice' ? (task.correct + (right ? 0 : 1)) % task.options.length : [];
    return givenOf(task, exercise, answer, 0);
  });
  return {
    v: 2,
    kvmlab: VERSION,
    lesson: lessonId(file),
    text: textHash(text),
    student,
    seed,
    answers,
  };
}

const kvmlab = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/kvmlab.mjs', ...args], { encoding: 'utf8' });

/** One answer of ada's, changed. */
function tampered(change: (given: Given) => Partial<Given>): Submission {
  const whole = submissionOf('ada', true);
  const answers = whole.answers.map((given, n) =>
    n === 1 ? { ...given, ...change(given) } : given,
  );
  return { ...whole, answers };
}

lessons(
  'an answer comes with its trace: one that was edited, or is of another host or answer, is told',
  () => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const lesson = lessonOf(file, text);
    const told = (submission: Submission) => misplayed(scenarios, lesson, submission);
    assert.is(told(submissionOf('ada', true)), null);
    assert.is(told(submissionOf('ada', false)), null, 'a wrong answer is honest');
    const [first] = submissionOf('ada', true).answers;
    if (first === undefined) throw new Error('the lesson has an exercise');
    const wrong: readonly (readonly [Submission, RegExp])[] = [
      [tampered(({ step }) => ({ step: step + 1 })), /exercise 2 is asked after step/],
      [
        tampered(({ trace }) => ({ trace: { ...trace, hash: '0'.repeat(64) } })),
        /does not play to its hash/,
      ],
      [
        tampered(() => ({ trace: first.trace })),
        /trace of exercise 2 is not what its seed and its answer/,
      ],
      [
        tampered(({ trace }) => ({
          trace: { ...trace, choices: [...trace.choices, { tick: 1 }] },
        })),
        /trace of exercise 2 is not what/,
      ],
    ];
    for (const [submission, reason] of wrong) assert.match(told(submission) ?? '', reason);
  },
);

lessons(
  'a repair is handed in as what was typed: the trace plays it, and the search says how few would do',
  () => {
    const name = '12-repair-that-lasts.md';
    const lesson = lessonOf(name, readFileSync(join(FOLDER, name), 'utf8'));
    const task = taskOf(scenarios, lesson, 0, 2);
    if (task.kind !== 'do') throw new Error('a repair is done');
    const best = task.key();
    const points = (...lines: string[]) => gradeOf(task, lines).points;
    const { of } = gradeOf(task, best);
    assert.is(points(...best), of);
    assert.is(points('getfacl /dev/kvm', 'ls -l /dev/kvm', ...best), of, 'looking is free');
    assert.is(points('setfacl -b /dev/kvm', 'udevadm trigger', 'virsh capabilities'), of - 1);
    assert.match(gradeOf(task, ['reboot']).says.en, /a guest that was running is gone/);
    const seed = 2;
    const answers = [givenOf(task, 0, best, 1)];
    assert.is(misplayed(scenarios, lesson, { seed, answers }), null);
    const [{ trace }] = answers as [Given];
    const typed = trace.choices.flatMap((choice) =>
      'run' in choice ? [choice.run.join(' ')] : [],
    );
    assert.equal(typed.slice(-best.length), best);
  },
);

lessons('kvmlab grade: exit codes, one row a file, the shape that Gradescope reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kvmlab-'));
  const put = (name: string, what: unknown) =>
    writeFileSync(join(folder, name), JSON.stringify(what));
  put('a.json', submissionOf('ada', true));
  put('b.json', submissionOf('=bob', false));
  put('c.json', { ...submissionOf('carol', true), seed: 1 });
  put('d.json', { v: 2, answers: 'all of them' });
  put('e.json', { ...submissionOf('eve', true), v: 1, answers: [] });
  const at = (name: string) => join(folder, name);
  assert.is(kvmlab('grade', at('a.json')).status, 0);
  assert.is(kvmlab('grade', at('b.json')).status, 1);
  assert.is(kvmlab('grade', at('c.json')).status, 3);
  assert.is(kvmlab('grade', at('d.json')).status, 2);
  assert.is(kvmlab('grade', at('nobody.json')).status, 2);
  const old = kvmlab('grade', at('e.json'));
  assert.is(old.status, 2);
  assert.match(old.stdout, /of the old form \(v: 1\), which holds no traces/);
  assert.is(kvmlab('grade', at('a.json'), '--check', '2').status, 0);
  put('t.json', JSON.parse(kvmlab('grade', at('a.json'), '--trace', '2').stdout));
  assert.is(kvmlab('scenario', at('t.json')).status, 0, 'a trace of an answer replays to its hash');
  rmSync(at('t.json'));
  const shaped = JSON.parse(kvmlab('grade', at('a.json'), '--json').stdout);
  assert.equal([shaped.score, shaped.max_score, shaped.tests.length], [3, 3, 3]);
  assert.equal(Object.keys(shaped.tests[0]), ['name', 'score', 'max_score', 'output', 'status']);
  const rows = kvmlab('grade', folder, '--csv').stdout.trim().split('\n');
  assert.is(rows.length, 6);
  assert.match(rows[1] ?? '', /a\.json,ada,01-what-is-dev-kvm,3,3,0,$/);
  assert.match(rows[2] ?? '', /,'=bob,/, 'no spreadsheet runs what a student is called');
  assert.match(rows[3] ?? '', /its seed is not that of student carol/);
  rmSync(folder, { recursive: true });
});

lessons.run();
