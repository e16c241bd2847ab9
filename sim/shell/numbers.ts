/**
 * Constants of shell arithmetic: decimal, octal, hexadecimal, and `base#digits` up to base 64.
 *
 * Models: GNU bash 5.2 expr.c strlong
 */
const ORDER = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';
const TOO_GREAT = { wrong: 'value too great for base' };

/** Up to base 36 capitals count as small letters; above it they go on where those end. */
const digitOf = (c: string, base: number): number =>
  ORDER.indexOf(base <= 36 ? c.toLowerCase() : c);

export function numberOf(text: string): bigint | Readonly<{ wrong: string }> {
  const [, given, digits = ''] = /^(\d+)#(.*)$/.exec(text) ?? [];
  if (given !== undefined) {
    const base = Number(given);
    if (base < 2 || base > 64) return { wrong: 'invalid arithmetic base' };
    let value = 0n;
    for (const c of digits) {
      const digit = digitOf(c, base);
      if (digit < 0 || digit >= base) return TOO_GREAT;
      value = value * BigInt(base) + BigInt(digit);
    }
    return value;
  }
  if (/^0[xX]/.test(text)) return BigInt(text);
  if (!/^\d+$/.test(text)) return TOO_GREAT;
  if (!/^0\d/.test(text)) return BigInt(text);
  return /[89]/.test(text) ? TOO_GREAT : BigInt(`0o${text.slice(1)}`);
}
