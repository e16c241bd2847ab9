/**
 * systemd-modules-load: the modules that an administrator wants at every boot.
 *
 * Models: systemd v219, v252 src/modules-load/modules-load.c main, apply_file, load_module
 * Leaves out: modules_load= of the kernel command line. modprobe is started where the real one calls libkmod.
 */
import { failed } from '../kernel/errno.ts';
import { command, type Sys } from '../kernel/program.ts';
import { journal } from '../libc/journal.ts';
import { run } from '../libc/sys.ts';
import { confFiles } from './confFiles.ts';

/** load_module: a blacklisted module is passed over, a missing one is an error. */
function* load(module: string): Sys<boolean> {
  const status = yield* run('/usr/sbin/modprobe', ['modprobe', '-b', '-q', module], {
    inherit: false,
  });
  const done = !failed(status) && status.code === 0;
  if (!done) yield* journal('systemd-modules-load', `Failed to find module '${module}'`);
  return done;
}

export const systemdModulesLoad = command(function* () {
  let code = 0;
  for (const { lines } of yield* confFiles('modules-load.d')) {
    for (const module of lines) if (!(yield* load(module))) code = 1;
  }
  return code;
});
