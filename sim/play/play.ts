/**
 * Play a scenario: every line in order on one host, then each remedy on a copy of it.
 */
import { BYSTANDER_PIDFILE, bystanderLine, guestVerdict } from '../host/bystander.ts';
import type { Choice, Seat } from '../host/choice.ts';
import { type Host, newHost } from '../host/machine.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import type { Machinery, Watch } from '../host/route.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { makeTrace, type Trace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { own } from '../kernel/own.ts';
import { createShell } from '../shell/create.ts';
import { type NodeRow, nodeRow } from './node.ts';
import type { Chapter, Line, Remedy, Scenario } from './scenario.ts';

export type Played = Readonly<{
  line: Line;
  stdout: string;
  stderr: string;
  /** Both streams as they appeared. */
  text: string;
  status: number;
  before: World;
  after: World;
  /** What the line came to; its choices, one after the other, are the trace. */
  choices: readonly Choice[];
}>;

export type PlayedChapter = Readonly<{ chapter: Chapter; lines: readonly Played[] }>;

export type Verdict = Readonly<{
  remedy: Remedy;
  /** What the remedy's own lines showed, last status included. */
  text: string;
  status: number;
  node: NodeRow;
  create: 'works' | 'works after virsh capabilities' | 'fails';
  /** A KVM guest that ran during the remedy: unharmed, ended, or the remedy refused because of it. */
  guest: 'unharmed' | 'ended' | 'refused';
}>;

export type Playback = Readonly<{
  name: string;
  scenario: Scenario;
  title: string;
  chapters: readonly PlayedChapter[];
  verdicts: readonly Verdict[];
  trace: () => Trace;
  end: World;
}>;

/** One host in play: its world moves with every line. */
type Stage = { machinery: Machinery; world: World; choices: Choice[] };

const stageOf = (host: Host): Stage => ({ ...host, choices: [] });

/** What a line typed at a terminal showed. */
type Seen = Readonly<{ stdout: string; stderr: string; text: string; status: number }>;

/** Whoever is not there yet, or was thrown out by a reboot, logs in. */
function takeSeat(stage: Stage, seat: Seat): void {
  const [user = 'root', on = 'pts/0'] = seat.split('@');
  if (shellOn(stage.world, on) !== null) return;
  const login: Choice = { login: user, on };
  stage.world = step(stage.machinery, stage.world, login);
  stage.choices.push(login);
}

/** Each line is a shell of its own: what it remembers between lines, the host remembers for it. */
function typeLine(stage: Stage, source: string, seat: Seat): Seen {
  takeSeat(stage, seat);
  const shell = createShell(stage.machinery, stage.world, seat);
  const ran = shell.run(source, { interactive: true });
  stage.world = ran.world;
  stage.choices.push(...shell.choices());
  const text = ran.chunks.map((chunk) => chunk.text).join('');
  return { stdout: ran.stdout, stderr: ran.stderr, text, status: ran.status };
}

function playLine(stage: Stage, line: Line, seat: Seat): Played {
  const before = stage.world;
  const done = stage.choices.length;
  let shown: Seen = { stdout: '', stderr: '', text: '', status: 0 };
  if ('type' in line) shown = typeLine(stage, line.type, line.as ?? seat);
  else if ('choice' in line) {
    stage.world = step(stage.machinery, stage.world, line.choice);
    stage.choices.push(line.choice);
  }
  const { stdout, stderr, text, status } = shown;
  return {
    line,
    stdout,
    stderr,
    text,
    status,
    before,
    after: stage.world,
    choices: stage.choices.slice(done),
  };
}

/** A stage of its own in the same world: what happens on it is nobody else's. */
function copyOf(stage: Stage): Stage {
  return { ...stage, choices: [] };
}

/** Several lines; what they showed together, and the last one's status. */
function typeAll(stage: Stage, lines: readonly string[], seat: Seat) {
  let last = { text: '', status: 0 };
  for (const line of lines) {
    const ran = typeLine(stage, line, seat);
    last = { text: last.text + ran.text, status: ran.status };
  }
  return last;
}

function createVerdict(stage: Stage, domain: string, seat: Seat): Verdict['create'] {
  const create = `virsh create ${domain}`;
  if (typeLine(stage, create, seat).status === 0) return 'works';
  typeLine(stage, 'virsh capabilities >/dev/null', seat);
  return typeLine(stage, create, seat).status === 0 ? 'works after virsh capabilities' : 'fails';
}

const EMULATOR = '/usr/libexec/qemu-kvm';

const ROOT: Seat = 'root@pts/0';

type Bystander = Readonly<{ stage: Stage; pid: number }>;

function withGuest(from: Stage, seat: Seat): Bystander {
  const stage = copyOf(from);
  typeAll(stage, [bystanderLine(EMULATOR).join(' ')], seat);
  return { stage, pid: Number(typeAll(stage, [`cat ${BYSTANDER_PIDFILE}`], seat).text) };
}

/**
 * The remedy's first line decides: what a guest forbids fails there, and what ends one does so at once. `alone` is what
 * that line did without a guest; if the host went down, so did whatever ran on it, and nothing is tried.
 */
function besideGuest(
  bystander: Bystander,
  remedy: Remedy,
  seat: Seat,
  alone: Readonly<{ status: number; rebooted: boolean }>,
): Verdict['guest'] {
  if (alone.rebooted) return 'ended';
  const stage = copyOf(bystander.stage);
  const { status } = typeAll(stage, remedy.lines.slice(0, 1), seat);
  return guestVerdict({ status, alone: alone.status, after: stage.world, pid: bystander.pid });
}

function tryRemedy(
  from: Stage,
  bystander: Bystander,
  remedy: Remedy,
  domain: string,
  seat: Seat,
): Verdict {
  const stage = copyOf(from);
  const [first = '', ...rest] = remedy.lines;
  const begun = typeAll(stage, [first], seat);
  const rebooted = stage.world.kernel.bootedAt !== from.world.kernel.bootedAt;
  const gone = rest.length > 0 ? typeAll(stage, rest, seat) : { text: '', status: begun.status };
  const node = nodeRow(stage.world);
  const create = createVerdict(stage, domain, seat);
  const guest = besideGuest(bystander, remedy, seat, { status: begun.status, rebooted });
  return { remedy, text: begun.text + gone.text, status: gone.status, node, create, guest };
}

/** The host that is asked for, or the one that the scenario is told on. A host that it cannot happen on is refused with the reason. */
export function hostFor(name: string, { profiles, cannot }: Scenario, given?: string): string {
  const [home = ''] = profiles;
  if (given === undefined) return home;
  const [base = ''] = given.split(',');
  if (profiles.some((profile) => profile.split(',')[0] === base)) return given;
  const why = own(cannot ?? {}, base)?.en;
  if (why === undefined) return profileNamed(given).name;
  throw usageError(`${name} does not play on ${base}: ${why}. It plays on ${profiles.join(', ')}.`);
}

export function play(name: string, scenario: Scenario, given?: string, watch?: Watch): Playback {
  const profileName = hostFor(name, scenario, given);
  const profile = profileNamed(profileName);
  const { seat = ROOT } = scenario;
  const stage = stageOf(newHost(profile, scenario.setup, watch));
  const chapters: PlayedChapter[] = [];
  let verdicts: readonly Verdict[] = [];
  for (const chapter of scenario.chapters) {
    const lines = chapter.lines.map((line) => playLine(stage, line, seat));
    chapters.push({ chapter, lines });
    const { remedies } = scenario;
    if (remedies && chapters.length === remedies.after) {
      const quiet: Stage = { ...stage, machinery: withoutWatch(stage.machinery) };
      const bystander = withGuest(quiet, seat);
      verdicts = remedies.tries.map((remedy) =>
        tryRemedy(quiet, bystander, remedy, remedies.domain, seat),
      );
    }
  }
  const trace = () => makeTrace(profileName, scenario.setup ?? {}, stage.choices, stage.world);
  return {
    name,
    scenario,
    title: profileText(profile),
    chapters,
    verdicts,
    trace,
    end: stage.world,
  };
}

/** The observer sees the story, not the trials. */
function withoutWatch({ programs, reboot }: Machinery): Machinery {
  return { programs, reboot };
}

const textOf = (chapters: readonly PlayedChapter[]): string =>
  chapters.flatMap((played) => played.lines.map((line) => line.text)).join('');

/** Everything that was shown. */
export const allWords = (playback: Playback): string => textOf(playback.chapters);

/** What the last chapter showed. */
export const lastWords = (playback: Playback): string => textOf(playback.chapters.slice(-1));
