/**
 * What the real terminal can show: language and colours.
 */
import pc from 'picocolors';
import { usageError } from '../host/usage.ts';
import { type Paint, plain } from '../play/view.ts';
import type { Language } from '../play/words.ts';

/** --lang, or zh for a Chinese terminal; English when the output goes elsewhere. */
export function languageOf(given: string | undefined): Language {
  if (given !== undefined) {
    if (given === 'en') return 'en';
    if (/^zh/.test(given)) return 'zh';
    throw usageError(`--lang knows en and zh, not ${given}.`);
  }
  const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  return process.stdout.isTTY && locale.startsWith('zh') ? 'zh' : 'en';
}

export function paintOf(color: boolean): Paint {
  if (!color || !process.stdout.isTTY || !pc.isColorSupported) return plain;
  return { heading: pc.bold, good: pc.green, bad: pc.red, faint: pc.dim };
}
