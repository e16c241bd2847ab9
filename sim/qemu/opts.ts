/**
 * Option arguments: `none,accel=kvm:tcg` as names and values.
 *
 * Models: QEMU v2.12.0 util/qemu-option.c get_opt_name, get_opt_value, opts_do_parse
 */
export type Opts = readonly (readonly [name: string, value: string])[];

/** Splits at commas; two commas are one that belongs to the value. */
function parts(text: string): string[] {
  const found = [''];
  for (let i = 0; i < text.length; i++) {
    const doubled = text[i] === ',' && text[i + 1] === ',';
    if (text[i] === ',' && !doubled) found.push('');
    else found[found.length - 1] += text.charAt(i);
    if (doubled) i++;
  }
  return found;
}

/** A first part without = is the value of the implied name; any other is a switch: `server`, `nowait`. */
export function parseOpts(text: string, implied: string | null): Opts {
  return parts(text).map((part, i): readonly [string, string] => {
    const equals = part.indexOf('=');
    if (equals >= 0) return [part.slice(0, equals), part.slice(equals + 1)];
    if (i === 0 && implied !== null) return [implied, part];
    return part.startsWith('no') ? [part.slice(2), 'off'] : [part, 'on'];
  });
}

/** A switch without =, as typed and as it should have been: `nowait` and `wait=off`. */
export const shortSwitches = (text: string): readonly (readonly [string, string])[] =>
  parts(text)
    .slice(1)
    .filter((part) => !part.includes('='))
    .map((part) => [part, part.startsWith('no') ? `${part.slice(2)}=off` : `${part}=on`]);

/** The last one counts. */
export const opt = (opts: Opts, name: string): string | null =>
  opts.findLast(([key]) => key === name)?.[1] ?? null;

export const flag = (opts: Opts, name: string, otherwise: boolean): boolean => {
  const value = opt(opts, name);
  return value === null ? otherwise : value === 'on' || value === 'yes' || value === 'true';
};
