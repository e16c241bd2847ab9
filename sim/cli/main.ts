/**
 * The command line: verbs, options, exit codes. The only room that touches process and console.
 *
 * Exit codes: 0 as expected, 1 not as expected, 2 wrong usage, 3 a trace does not replay to its hash, 4 a search reached a bound.
 * A reader that has seen enough (`| head`) ends the program quietly.
 */
import { Command, CommanderError } from 'commander';
import { setAutoFreeze } from 'immer';
import { isUsageError } from '../host/usage.ts';
import { VERSION } from '../host/version.ts';
import { swallowedByNpm } from './npm.ts';

// Frozen states catch a model that writes to what is past. Tests run with them; here they would only take time.
setAutoFreeze(false);

const program = new Command('kvmlab')
  .description('A simulated KVM host, from the kernel to libvirt, to take apart and put together.')
  .version(VERSION)
  .exitOverride()
  .configureOutput({
    writeOut: (text) => process.stdout.write(text),
    writeErr: (text) => process.stderr.write(text),
    outputError: (text, write) => write(text.replace(/^error: /, 'kvmlab: ')),
  });

program
  .command('scenario')
  .description(
    'play a scenario; without a name, list them; a message of an error finds those that show it',
  )
  .argument(
    '[name]',
    'a scenario, a message, or a file (- for standard input) with a trace to replay',
  )
  .option('--profile <profile>', 'the host: its name, with swapped components')
  .option('--full [step]', 'show every artifact, or those of one step')
  .option('--versions [component]', 'with which versions it can happen: played with each of them')
  .option('--json', 'print the trace (Trace v1), the list or the table, alone on standard output')
  .option('--markdown', 'with --versions: a Markdown table')
  .option('--lang <language>', 'en or zh; zh-CN terminals default to zh')
  .option('--no-color', 'no colours')
  .action(async (name: string | undefined, options) => {
    const { scenario } = await import('./scenario.ts');
    process.exitCode = await scenario(name, options);
  });

program
  .command('shell')
  .description("the simulated host's command line: at a terminal, or a script from a pipe")
  .argument('[name]', 'start on the host of this scenario, broken and not yet repaired')
  .option('--end', 'start on it as the story leaves it')
  .option('--profile <profile>', 'the host: its name, with swapped components')
  .action(async (name: string | undefined, options) => {
    const { shell } = await import('./shell.ts');
    process.exitCode = await shell(name, options);
  });

program
  .command('serve')
  .description(
    'let real clients talk to the simulated host: virsh, QMP clients, scripts; with -- CMD, for as long as it runs',
  )
  .argument('[name]', 'the host of this scenario, broken and not yet repaired, or of a trace')
  .argument('[command...]', 'after --: what to run, with PATH and LIBVIRT_DEFAULT_URI set')
  .option('--profile <profile>', 'the host: its name, with swapped components')
  .option('--as <user>', "as which of the host's users clients come in")
  .option('--dir <directory>', 'where to put the sockets: a new or empty directory')
  .option('--pace <seconds>', '0: nothing waits for the next second of the host')
  .option('--trace <file>', 'write the session as a trace (Trace v1) when it ends')
  .option('--json', 'print where everything is, as one line of JSON')
  .option('--lang <language>', 'en or zh; zh-CN terminals default to zh')
  .action(async (name: string | undefined, rest: string[], options) => {
    const { serve, commandIn } = await import('./serve.ts');
    const { given, command } = commandIn(process.argv, name, rest);
    process.exitCode = await serve(given, command, options);
  });

program
  .command('why')
  .description(
    'why KVM is missing: the causal chain, every minimal order of events that leads there',
  )
  .argument(
    '<what>',
    'a scenario, or a file (- for standard input) with the output of collect.sh, a getfacl text, an error message or a trace',
  )
  .option('--profile <profile>', 'the host: its name, with swapped components')
  .option('--full', 'every link, order, near miss and trial, and what was searched')
  .option('--checks', 'which of the usual checks mislead on this host')
  .option('--order <number>', 'print the trace of one of the orders')
  .option('--states <number>', 'the most states that a search may look at')
  .option('--json', 'print everything as data')
  .option('--lang <language>', 'en or zh; zh-CN terminals default to zh')
  .option('--no-color', 'no colours')
  .action(async (what: string, options) => {
    const [{ why }, { profileFor }] = await Promise.all([import('./why.ts'), import('./what.ts')]);
    process.exitCode = await why(what, { ...options, profile: profileFor(what, options.profile) });
  });

program
  .command('fixes')
  .description(
    'the shortest repairs of a broken host, each tried on a copy: what it survives, whom it harms',
  )
  .argument(
    '<what>',
    'a scenario, or a file (- for standard input) with the output of collect.sh, a getfacl text, an error message or a trace',
  )
  .option('--profile <profile>', 'the host: its name, with swapped components')
  .option(
    '--prove <command>',
    "would this command in the package's %post prevent it, in every order?",
  )
  .option('--order <number>', 'with --prove: print the trace of one of its orders')
  .option('--length <number>', 'how many commands a repair may have at most (2)')
  .option('--fix <number>', 'print the trace of one of the repairs')
  .option('--full', 'every repair, every reason, and the commands that were tried')
  .option('--json', 'print everything as data')
  .option('--lang <language>', 'en or zh; zh-CN terminals default to zh')
  .option('--no-color', 'no colours')
  .action(async (what: string, options) => {
    const [{ fixes }, { profileFor }] = await Promise.all([
      import('./fixes.ts'),
      import('./what.ts'),
    ]);
    process.exitCode = await fixes(what, {
      ...options,
      profile: profileFor(what, options.profile),
    });
  });

program
  .command('explore')
  .description('every order of a model: its states, its properties, a witness for each')
  .argument('[model]', 'a model; without a name, list them')
  .option('--states <number>', 'keep at most so many states')
  .option('--depth <number>', 'go at most so many steps from the start')
  .option('--find <number>', 'stop at the first witness of one of the properties, however long')
  .option('--reduce', 'leave out orders that cannot matter to the verdicts')
  .option('--trace <number>', 'print the trace of the witness of one of the properties')
  .option('--shard <part/of>', 'search one part of several, and print it as a line of JSON')
  .option('--merge <files...>', 'join the parts that --shard has printed')
  .option('--json', 'print everything as data')
  .action(async (name: string | undefined, options) => {
    const { explore } = await import('./explore.ts');
    process.exitCode = await explore(name, options);
  });

program
  .command('grade')
  .description("score students' submissions: files, or folders of them")
  .argument('<path...>', 'files that the viewer saved, or folders of them')
  .option('--lessons <folder>', 'where the lessons are', 'docs/lessons')
  .option('--check <number>', 'one exercise alone')
  .option('--trace <number>', 'print the trace of one answer, to be replayed or explained')
  .option('--json', "print the results in Gradescope's shape")
  .option('--csv', 'print one row a file')
  .option('--lang <language>', 'en or zh; zh-CN terminals default to zh')
  .action(async (paths: string[], options) => {
    const { grade } = await import('./grade.ts');
    process.exitCode = grade(paths, options);
  });

/** One sentence for a user's mistake, the whole stack for ours. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isUsageError(error)) {
    process.stderr.write(`kvmlab: ${error.message}\n`);
    return 2;
  }
  process.stderr.write(
    `kvmlab: this is a bug of kvmlab's, please report it with the line you typed.\n`,
  );
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

async function main(): Promise<void> {
  process.stdout.on('error', endWithReader);
  const swallowed = swallowedByNpm(process.env, process.argv.slice(2));
  if (swallowed !== null) {
    process.stderr.write(`kvmlab: ${swallowed}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = complain(error);
  }
}

// Not awaited: scripts/kvmlab.mjs runs this as a plain script, which cannot.
main();
