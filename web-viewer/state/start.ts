/**
 * From an address to what is shown: the engine arrives, scenarios are played, links are checked.
 */
import { batch, effect } from '@preact/signals';
import type { Trace } from '../../sim/host/trace.ts';
import type { Words } from '../../sim/play/scenario.ts';
import type { Engine } from '../model/engine.ts';
import type { Branch } from '../model/story.ts';
import * as app from './app.ts';
import { editsOf, toldOf } from './edits.ts';
import { FIRST } from './first.ts';
import { say } from './language.ts';
import { type HostPlace, hostPlace, type Place } from './place.ts';

let arriving: Promise<Engine> | null = null;

/** The simulator; loaded once, when first wanted, or when somebody seems about to want it. */
export function loadEngine(): Promise<Engine> {
  arriving ??= import('../model/engine.ts');
  return arriving;
}

/** The simulator, and worlds of its own behind what the build has drawn. */
export async function withEngine(): Promise<Engine> {
  const engine = await loadEngine();
  if (app.engine.value === null) {
    const { name, profile } = app.story.value;
    batch(() => {
      const branches = [engine.openScenario(name, profile)];
      app.story.value = { ...app.story.value, branches };
      app.engine.value = engine;
    });
  }
  return engine;
}

/** Let the page be drawn before something that takes a moment. */
export const drawn = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });

export async function waitFor<T>(what: Words, work: () => T | Promise<T>): Promise<T | null> {
  app.busy.value = what;
  await drawn();
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    app.notice.value = { en: text, zh: text };
    return null;
  } finally {
    app.busy.value = null;
  }
}

/** The name under which somebody's own trace is shown. */
const TRACE = 'trace';

const playing: Words = { en: 'playing the scenario', zh: '正在模拟该场景' };

/** The scenario, a story that came whole, and each change of what stands last. */
function applied(engine: Engine, name: string, profile: string, code: string | null): Branch[] {
  const whole = code === null ? null : toldOf(code);
  const edits = whole?.edits ?? (code === null ? [] : editsOf(code));
  const branches = name === TRACE ? [] : [engine.openScenario(name, profile)];
  if (whole !== null) branches.push(engine.openTold(whole.told));
  for (const edit of edits) branches.push(engine.edit(name, branches.at(-1) as Branch, edit));
  return branches;
}

/** A link that promises a state keeps it, or the page says that it does not. */
function checkHash(engine: Engine, { hash, version, at }: HostPlace): void {
  if (hash === null) return;
  const shown = app.item.value;
  if (engine.hashAt(shown).startsWith(hash)) return;
  app.notice.value =
    version !== null && version !== engine.version
      ? {
          en: `This link was made by kvmlab ${version}; this is ${engine.version}, and step ${at} is another state here.`,
          zh: `此链接由 kvmlab ${version} 生成；当前版本是 ${engine.version}，第 ${at} 步的状态不同。`,
        }
      : {
          en: `This link promises another state at step ${at}: it was changed, or cut.`,
          zh: `此链接所说的第 ${at} 步状态与实际不符：它被改动或截断了。`,
        };
}

const home = hostPlace(FIRST);

const goneTrace: Words = {
  en: 'A trace that was opened from a file or a lesson is not in the address: open it again.',
  zh: '从文件或课程打开的 trace 不在地址里：请重新打开。',
};

/** A story that came whole in its link needs no scenario. */
function refusalOf(engine: Engine, { scenario, profile, edits }: HostPlace): Words | null {
  if (scenario !== TRACE) return engine.refusal(scenario, profile);
  return edits === null ? goneTrace : null;
}

async function openHost(there: HostPlace): Promise<void> {
  const engine = await loadEngine();
  const refused = refusalOf(engine, there);
  if (refused !== null) {
    app.notice.value = refused;
    app.place.value = home;
    return;
  }
  const profile = there.profile ?? engine.homeOf(there.scenario);
  const branches = applied(engine, there.scenario, profile, there.edits);
  const current = branches.length - 1;
  const items = branches[current]?.items ?? [];
  const at = there.at > 0 ? Math.min(there.at, items.length) - 1 : app.puzzleAt(items);
  const { scenario: name } = there;
  const beside = current > 0 ? 0 : null;
  // Together: whoever sees the engine may ask it about the items that are shown.
  batch(() => {
    app.story.value = { name, profile, branches, current, at, beside };
    app.engine.value = engine;
  });
  app.forgetPast();
  checkHash(engine, there);
}

/** Play a trace that somebody brought, and say so if it does not end where it says. */
export async function openTraceText(trace: Trace): Promise<true> {
  const engine = await loadEngine();
  const { branch, hash } = engine.openTrace(trace);
  const at = branch.items.length - 1;
  batch(() => {
    const { profile } = trace;
    app.story.value = { name: TRACE, profile, branches: [branch], current: 0, at, beside: null };
    app.engine.value = engine;
  });
  app.forgetPast();
  if (hash !== trace.hash) {
    app.notice.value = {
      en: `This trace does not play to its hash: it was edited, or made by another version (${trace.kvmlab}).`,
      zh: `此 trace 重放后与其哈希不符：它被改动过，或来自其他版本（${trace.kvmlab}）。`,
    };
  }
  return true;
}

/** The first screen stands from the beginning: the build has drawn it, and nothing needs the simulator yet. */
const isShown = ({ scenario, profile, edits, hash }: HostPlace): boolean =>
  scenario === app.story.value.name &&
  edits === null &&
  hash === null &&
  (profile === null || profile === app.story.value.profile);

async function arrive(there: Place): Promise<void> {
  app.place.value = there;
  if (there.view !== 'host') return;
  if (isShown(there)) {
    if (there.at > 0) app.goTo(there.at - 1);
    return;
  }
  await waitFor(playing, () => openHost(there));
}

const wrong: Words = {
  en: 'This address names nothing here: it is mistyped, cut, or too long. The first scenario is shown instead.',
  zh: '这个地址在此没有对应的内容：可能写错、被截断或过长。现在显示第一个场景。',
};

function go(): void {
  const there = /^#?\/?$/.test(location.hash) ? home : app.placeNow();
  if (there === null) app.notice.value = wrong;
  arrive(there ?? home)
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      app.notice.value = { en: text, zh: text };
      if (app.place.value.view === 'host') app.place.value = home;
    })
    // For whoever waits from outside: what the address asks for is shown.
    .finally(() => {
      document.documentElement.dataset['ready'] = '';
    });
}

/** One sentence for each step, for whoever listens. */
function announce(): void {
  const { at } = app.story.value;
  const { says, status, typed } = app.item.value;
  const number = at + 1;
  const ended = typed !== null && status !== 0;
  app.spoken.value = say({
    en: `Step ${number}: ${says.en}${ended ? `; exit status ${status}` : ''}.`,
    zh: `第 ${number} 步：${says.zh}${ended ? `；退出码 ${status}` : ''}。`,
  });
}

export function start(): void {
  addEventListener('popstate', go);
  go();
  let known = app.story.value.at;
  effect(() => {
    const { at } = app.story.value;
    announce();
    if (at !== known) app.follow();
    known = at;
  });
}
