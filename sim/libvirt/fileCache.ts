/**
 * A lookup in the capabilities cache: the machine decides, this carries out.
 *
 * Models: libvirt v5.0.0 src/util/virfilecache.c virFileCacheLookup, virFileCacheLookupByFunc,
 *   virFileCacheLoad, virFileCacheSave; src/qemu/qemu_capabilities.c virQEMUCapsCacheLookup,
 *   virQEMUCapsCacheLookupByArch, virQEMUCapsLoadFile, virQEMUCapsSaveFile
 *
 * A search by architecture finds only what the table already holds, and never probes for more. The real
 * table is hashed, its order anybody's guess; here the search goes by name.
 */
import { drive } from '../kernel/drive.ts';
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, readFile, unlink, writeFile } from '../libc/sys.ts';
import { CACHE_DIR, cacheFileName, formatCache } from './cacheFile.ts';
import { foreignFile, loadCache } from './cacheLoad.ts';
import {
  type Cached,
  type CapsCacheEffect,
  type CapsCacheEvent,
  capsCache,
} from './capsCache.machine.ts';
import { allocate, type Driver, type Entry } from './driver.ts';
import { microcodeVersion } from './hostCaps.ts';
import { hostModelNotes } from './hostModel.ts';
import { isValid } from './isValid.ts';
import { makePath } from './makePath.ts';
import { probe } from './probe.ts';
import type { QemuCaps } from './qemuCaps.ts';
import { inTrouble, isXmlComplaint, type Trouble, virError } from './virError.ts';
import { report, reportSystem, source } from './virLog.ts';

const cacheLog = source('util.filecache');
const capsLog = source('qemu.qemu_capabilities');

const fresh: Entry = { value: 'absent', context: { entry: null, found: null, error: null } };

function* valid(driver: Driver, caps: QemuCaps): Sys<boolean> {
  if (driver.self.switches.rereadsMicrocode) {
    driver.self = { ...driver.self, microcodeVersion: yield* microcodeVersion() };
  }
  const verdict = yield* isValid(driver.log, driver.self, driver.kvm, caps);
  driver.kvm = verdict.memo;
  return verdict.valid;
}

/** virFileCacheGetFileName: makes the directory, each time. */
function* fileFor(driver: Driver, binary: string): Sys<string | Trouble> {
  const made = yield* makePath(CACHE_DIR);
  if (!failed(made)) return cacheFileName(binary);
  const detail = `Unable to create directory '${CACHE_DIR}'`;
  return yield* reportSystem(driver.log, 'virFileCacheGetFileName:110', made.errno, detail);
}

function* check(driver: Driver, binary: string, entry: Cached | null): Sys<CapsCacheEvent> {
  if (entry !== null && (yield* valid(driver, entry.caps))) return { type: 'entry.trusted' };
  const gone = `Cached data '${entry?.address}' no longer valid for '${binary}'`;
  yield* cacheLog.debug(driver.log, 'virFileCacheValidate:270', gone);
  return { type: 'entry.refused' };
}

function* load(driver: Driver, binary: string): Sys<CapsCacheEvent> {
  const { log } = driver;
  yield* cacheLog.debug(log, 'virFileCacheValidate:278', `Creating data for '${binary}'`);
  const file = yield* fileFor(driver, binary);
  if (inTrouble(file)) return { type: 'step.failed', error: file.error };
  const there = yield* access(file, 0);
  if (failed(there) && there.errno === 'ENOENT') {
    yield* cacheLog.debug(log, 'virFileCacheLoad:144', `No cached data '${file}' for '${binary}'`);
    return { type: 'file.useless' };
  }
  if (failed(there)) {
    const detail = `Unable to access cache '${file}' for '${binary}'`;
    const { error } = yield* reportSystem(log, 'virFileCacheLoad:148', there.errno, detail);
    return { type: 'step.failed', error };
  }
  const caps = yield* loadFile(driver, binary, file);
  if (caps === null) return { type: 'file.useless' };
  if (!(yield* valid(driver, caps))) {
    const outdated = `Outdated cached capabilities '${file}' for '${binary}'`;
    yield* cacheLog.debug(log, 'virFileCacheLoad:163', outdated);
    yield* unlink(file, 'libvirt v5.0.0 src/util/virfilecache.c virFileCacheLoad');
    return { type: 'file.useless' };
  }
  yield* cacheLog.debug(
    log,
    'virFileCacheLoad:169',
    `Loaded cached data '${file}' for '${binary}'`,
  );
  return { type: 'file.loaded', found: yield* caching(driver, binary, caps) };
}

/** virQEMUCapsLoadFile, with the warning that virFileCacheLoad makes of its error. */
function* loadFile(driver: Driver, binary: string, file: string): Sys<QemuCaps | null> {
  const { log } = driver;
  const text = yield* readFile(file);
  const content = failed(text) ? '' : text;
  const early = driver.self.switches.stopsLoadEarly ? foreignFile(driver.self, content) : null;
  if (early !== null) {
    const why = `Outdated capabilities in ${binary}: ${early}, stopping load`;
    yield* capsLog.debug(log, 'virQEMUCapsLoadCache:4673', why);
    return null;
  }
  const { caps, flagCount } = loadCache(binary, file, content, driver.self.switches.probe);
  if (flagCount !== null && driver.self.switches.logPlaces === '5.0.0') {
    yield* capsLog.debug(log, 'virQEMUCapsLoadCache:3429', `Got flags ${flagCount}`);
  }
  if (inTrouble(caps)) {
    const { message } = caps.error;
    const where = isXmlComplaint(caps.error) ? 'catchXMLError:751' : 'virQEMUCapsLoadCache';
    yield* source('util.error').error(log, where, message);
    const warning = `Failed to load cached data from '${file}' for '${binary}': ${message}`;
    yield* cacheLog.warning(log, 'virFileCacheLoad:155', warning);
    return null;
  }
  yield* hostModelNotes(log, driver.self, caps);
  return caps;
}

function* caching(driver: Driver, binary: string, caps: QemuCaps): Sys<Cached> {
  const address = allocate(driver);
  const text = `Caching data '${address}' for '${binary}'`;
  yield* cacheLog.debug(driver.log, 'virFileCacheValidate:281', text);
  return { caps, address };
}

function* launch(driver: Driver, binary: string): Sys<CapsCacheEvent> {
  const caps = yield* probe(driver, binary);
  if (inTrouble(caps)) return { type: 'step.failed', error: caps.error };
  return { type: 'qemu.probed', found: { caps, address: allocate(driver) } };
}

/** virFileCacheSave and the end of virFileCacheValidate. */
function* save(driver: Driver, binary: string, found: Cached): Sys<CapsCacheEvent> {
  const file = yield* fileFor(driver, binary);
  if (inTrouble(file)) return { type: 'step.failed', error: file.error };
  const { caps, address } = found;
  const by = 'libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsSaveFile';
  const written = yield* writeFile(
    file,
    formatCache(caps, driver.self.switches.cacheForm),
    0o600,
    by,
  );
  if (failed(written)) {
    const detail = `Failed to save '${file}' for '${binary}'`;
    const where = 'virQEMUCapsSaveFile:3859';
    const { error } = yield* reportSystem(driver.log, where, written.errno, detail);
    return { type: 'step.failed', error };
  }
  const saved = `Saved caps '${file}' for '${binary}' with (${caps.ctime}, ${caps.libvirtCtime})`;
  yield* capsLog.debug(driver.log, 'virQEMUCapsSaveFile:3865', saved);
  const kept = `Caching data '${address}' for '${binary}'`;
  yield* cacheLog.debug(driver.log, 'virFileCacheValidate:281', kept);
  return { type: 'file.saved' };
}

function carryOut(
  effect: Exclude<CapsCacheEffect, 'answer'>,
  driver: Driver,
  binary: string,
  entry: Entry,
): Sys<CapsCacheEvent> {
  if (effect === 'check') return check(driver, binary, entry.context.entry);
  if (effect === 'load') return load(driver, binary);
  if (effect === 'probe' || entry.context.found === null) return launch(driver, binary);
  return save(driver, binary, entry.context.found);
}

const effects: readonly CapsCacheEffect[] = ['check', 'load', 'probe', 'save', 'answer'];

/** One event to the machine: its new state, and the one thing it wants done. */
function step(before: Entry, event: CapsCacheEvent): { entry: Entry; effect: CapsCacheEffect } {
  const { value, context, effects: wanted } = drive(capsCache, before, event);
  const effect = effects.find((name) => wanted.includes(name));
  if (effect === undefined) throw new Error(`capsCache: nothing to do after ${event.type}.`);
  return { entry: { value, context }, effect };
}

/** virFileCacheLookup: events and effects alternate until the machine answers. */
function* ask(driver: Driver, binary: string): Sys<Cached | Trouble> {
  let event: CapsCacheEvent = { type: 'cache.lookedUp' };
  for (;;) {
    const { entry, effect } = step(driver.cache[binary] ?? fresh, event);
    driver.cache = { ...driver.cache, [binary]: entry };
    const { entry: cached, error } = entry.context;
    if (effect === 'answer')
      return cached ?? { error: error ?? virError('QEMU', 'INTERNAL_ERROR') };
    event = yield* carryOut(effect, driver, binary, entry);
  }
}

/** virQEMUCapsCacheLookup. */
export function* cacheLookup(driver: Driver, binary: string): Sys<QemuCaps | Trouble> {
  const found = yield* ask(driver, binary);
  const address = inTrouble(found) ? '(nil)' : found.address;
  const text = `Returning caps ${address} for ${binary}`;
  yield* capsLog.debug(driver.log, 'virQEMUCapsCacheLookup:4856', text);
  return inTrouble(found) ? found : found.caps;
}

/** virQEMUCapsCacheLookupByArch: only among what the table holds, `qemu-system-` names first. */
export function* cacheLookupByArch(
  driver: Driver,
  arch: string,
  target: string,
): Sys<QemuCaps | Trouble> {
  const held = () =>
    Object.keys(driver.cache)
      .sort()
      .flatMap((binary) => {
        const entry = driver.cache[binary]?.context.entry ?? null;
        return entry === null ? [] : [{ binary, arch: entry.caps.arch }];
      });
  for (const filter of ['qemu-system-', '']) {
    for (const wanted of [arch, target]) {
      const hit = held().find((e) => e.arch === wanted && e.binary.includes(filter));
      const found = hit === undefined ? null : yield* ask(driver, hit.binary);
      if (found !== null && !inTrouble(found)) {
        const text = `Returning caps ${found.address} for arch ${arch}`;
        yield* capsLog.debug(driver.log, 'virQEMUCapsCacheLookupByArch:4937', text);
        return found.caps;
      }
    }
  }
  const detail = `unable to find any emulator to serve '${arch}' architecture`;
  const where = 'virQEMUCapsCacheLookupByArch:4932';
  const late = driver.self.switches.documents === '9.0.0';
  return yield* report(
    driver.log,
    where,
    'QEMU',
    late ? 'CONFIG_UNSUPPORTED' : 'INVALID_ARG',
    detail,
  );
}
