/**
 * The command that a host is served to: its environment, its end.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import type { Places } from './places.ts';

export const environmentOf = (places: Places): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${places.bin}${delimiter}${process.env['PATH'] ?? ''}`,
  LIBVIRT_DEFAULT_URI: places.uri,
  KVMLAB_DIR: places.dir,
});

const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** 128 and the signal's number, as shells say it. */
const bySignal = (signal: NodeJS.Signals): number => 128 + (constants.signals[signal] ?? 0);

const handled = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs it to its end; its status, or what a shell would say of a command that cannot be run. */
export function runCommand(
  places: Places,
  [name = '', ...args]: readonly string[],
): Promise<number> {
  // Ctrl-C reaches the command by itself, and its end is awaited; other signals to this process are handed on. This is so
  // before the command begins: it may signal us with its first breath.
  const pass = (signal: NodeJS.Signals) => signal !== 'SIGINT' && child.kill(signal);
  for (const signal of handled) process.on(signal, pass);
  const child = spawn(name, args, { stdio: 'inherit', env: environmentOf(places) });
  return new Promise((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      const why = error.code === 'EACCES' ? 'permission denied' : error.message;
      process.stderr.write(`kvmlab: ${name}: ${missing ? 'command not found' : why}\n`);
      resolve(missing ? NOT_FOUND : NOT_EXECUTABLE);
    });
    child.on('exit', (code, signal) => resolve(code ?? bySignal(signal ?? 'SIGTERM')));
  }).then((status) => {
    for (const signal of handled) process.off(signal, pass);
    return status as number;
  });
}
