/**
 * Options that npm has kept for itself: `npm run scenario NAME --json` never reaches us as `--json`.
 */
const ours = ['json', 'full', 'profile', 'lang', 'no-color'];

/** A sentence when one of our options was given without npm's `--`; null otherwise. */
export function swallowedByNpm(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): string | null {
  const script = env['npm_lifecycle_event'];
  if (script === undefined) return null;
  const taken = ours.filter(
    (name) => env[`npm_config_${name.replace('-', '_')}`] && !args.includes(`--${name}`),
  );
  const [first] = taken;
  if (first === undefined) return null;
  const [verb, ...rest] = args;
  const words = script === verb ? rest : args;
  return `npm has taken --${first} for itself. Put -- before the name: npm run ${script} -- ${words.join(' ')} --${first}`;
}
