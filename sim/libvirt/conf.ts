/**
 * The configuration files of libvirtd: `name = "text"`, `name = 3`, `name = [ "a", "b" ]`.
 *
 * Models: libvirt v5.0.0 src/util/virconf.c virConfParse; src/remote/remote_daemon_config.c
 *   daemonConfigLoadOptions; src/util/virlog.c virLogSetFromEnv; src/qemu/qemu_conf.c
 *   virQEMUDriverConfigLoadSecurityEntry
 * Leaves out: lists over several lines' comments, and every setting that no modelled part reads.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';
import type { LogSettings } from './virLog.ts';

export type Conf = Readonly<Record<string, string>>;

const setting = /^\s*([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|(-?\w+))\s*(?:#.*)?$/;

/** Settings by name. Lines that are none are skipped here; the real daemon refuses to start. */
export function parseConf(text: string): Conf {
  const conf: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, name, double, single, bare] = setting.exec(line) ?? [];
    if (name !== undefined) conf[name] = double ?? single ?? bare ?? '';
  }
  return conf;
}

export function* readConf(path: string): Sys<Conf> {
  const text = yield* readFile(path);
  return failed(text) ? {} : parseConf(text);
}

const words: Record<string, number> = { debug: 1, info: 2, warning: 3, error: 4 };

/** VIR_LOG_WARN, virLogDefaultPriority. */
const DEFAULT_LEVEL = 3;

/** The environment overrides the file; LIBVIRT_DEBUG takes a number or a word. */
export function logSettings(conf: Conf, env: Readonly<Record<string, string>>): LogSettings {
  const wanted = env['LIBVIRT_DEBUG'] ?? '';
  const fromEnv = words[wanted] ?? (/^[1-4]$/.test(wanted) ? Number(wanted) : 0);
  const fromConf = Number(conf['log_level'] ?? '0');
  return {
    level: fromEnv || (fromConf >= 1 && fromConf <= 4 ? fromConf : DEFAULT_LEVEL),
    filters: env['LIBVIRT_LOG_FILTERS'] ?? conf['log_filters'] ?? '',
    outputs: env['LIBVIRT_LOG_OUTPUTS'] ?? conf['log_outputs'] ?? '',
  };
}
