/**
 * Why a story cannot be shown on a host, in the reader's language; null if it can.
 */
import { scenarios } from '../../scenarios/index.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { isUsageError } from '../../sim/host/usage.ts';
import { own } from '../../sim/kernel/own.ts';
import type { Words } from '../../sim/play/scenario.ts';

export function refusal(name: string, profile: string | null): Words | null {
  const scenario = own(scenarios, name);
  if (scenario === undefined)
    return { en: `There is no scenario ${name}.`, zh: `没有场景 ${name}。` };
  const [base = ''] = (profile ?? '').split(',');
  const why = own(scenario.cannot ?? {}, base);
  if (why !== undefined)
    return {
      en: `${name} does not play on ${base}: ${why.en}. It plays on ${scenario.profiles.join(', ')}.`,
      zh: `${name} 不能在 ${base} 上发生：${why.zh}。它在这些主机上发生：${scenario.profiles.join('、')}。`,
    };
  try {
    if (profile !== null) profileNamed(profile);
    return null;
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { en: error.message, zh: `没有这样的主机：${profile}。` };
  }
}
