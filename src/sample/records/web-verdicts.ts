import { WEB_ENGINES } from './engines.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import type { Threat } from './threat.ts';

const BAD_RESULTS = ['malicious', 'phishing', 'malware'] as const;

/** What the engines say of a URL, a domain or an address. */
export interface WebVerdicts {
  readonly results: JsonObject;
  readonly stats: {
    readonly harmless: number;
    readonly malicious: number;
    readonly suspicious: number;
    readonly undetected: number;
    readonly timeout: number;
  };
}

export function webVerdicts(random: Random, threat: Threat): WebVerdicts {
  const stats = { harmless: 0, malicious: 0, suspicious: 0, undetected: 0, timeout: 0 };
  const results = Object.fromEntries(
    WEB_ENGINES.map(({ name }) => {
      const { category, result } = judge(random, threat.share / 2);
      stats[category]++;
      return [name, { category, result, method: 'blacklist', engine_name: name }] as const;
    }),
  );
  return { results, stats };
}

function judge(
  random: Random,
  share: number,
): { readonly category: keyof WebVerdicts['stats']; readonly result: string } {
  if (random.chance(share)) return { category: 'malicious', result: random.pick(BAD_RESULTS) };
  if (random.chance(share / 5)) return { category: 'suspicious', result: 'suspicious' };
  return random.chance(0.15)
    ? { category: 'undetected', result: 'unrated' }
    : { category: 'harmless', result: 'clean' };
}
