/**
 * Language and theme: kept for the next visit where the browser allows it, and never needed.
 */
import { effect, signal } from '@preact/signals';
import type { Words } from '../../sim/play/scenario.ts';

export type Language = 'en' | 'zh';
export type Theme = 'auto' | 'light' | 'dark';

const kept = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A page without storage (private mode, a file in a strict browser) forgets, and works.
  }
}

const first = (): Language => {
  const given = kept('kvmlab.language') ?? navigator.language;
  return given.startsWith('zh') ? 'zh' : 'en';
};

const themes: readonly Theme[] = ['auto', 'light', 'dark'];

export const language = signal<Language>(first());
export const theme = signal<Theme>(themes.find((t) => t === kept('kvmlab.theme')) ?? 'auto');
/** A presentation shows both languages at once when asked. */
export const bilingual = signal(false);

export const say = (words: Words): string => words[language.value];

export function reflect(): void {
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
    keep('kvmlab.language', language.value);
  });
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    keep('kvmlab.theme', theme.value);
  });
}
