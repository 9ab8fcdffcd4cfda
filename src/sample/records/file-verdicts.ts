import { FILE_ENGINES } from './engines.ts';
import type { Engine } from './engines.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import type { Threat } from './threat.ts';

// prettier-ignore
const CATEGORIES = [
  'malicious', 'suspicious', 'undetected', 'harmless', 'timeout', 'confirmed-timeout', 'failure', 'type-unsupported',
] as const;

/** What the engines say of a file. */
export interface FileVerdicts {
  readonly results: JsonObject;
  readonly stats: Readonly<Record<(typeof CATEGORIES)[number], number>>;
}

/** `update` is the engines' signature date, `YYYYMMDD`. */
export function fileVerdicts(random: Random, threat: Threat, update: string): FileVerdicts {
  const stats = Object.fromEntries(CATEGORIES.map((name) => [name, 0])) as Record<
    (typeof CATEGORIES)[number],
    number
  >;
  const results = Object.fromEntries(
    FILE_ENGINES.map((engine) => {
      const category = judge(random, threat);
      stats[category]++;
      const entry = {
        category,
        engine_name: engine.name,
        engine_update: random.chance(0.03) ? null : update,
        engine_version: random.chance(0.05) ? null : version(random),
        method: 'blacklist',
        result: category === 'malicious' ? threatName(random, engine, threat) : null,
      };
      return [engine.name, entry] as const;
    }),
  );
  return { results, stats };
}

function judge(random: Random, threat: Threat): (typeof CATEGORIES)[number] {
  if (random.chance(threat.share)) return 'malicious';
  const dice = random.int(1, 100);
  if (dice <= 12) return 'type-unsupported';
  if (dice <= 14) return 'timeout';
  if (dice === 15) return 'failure';
  return 'undetected';
}

function version(random: Random): string {
  return `${random.digits(1, 25)}.${random.digits(0, 9)}.${random.digits(0, 99)}.${random.digits(0, 9999)}`;
}

function threatName(random: Random, { style }: Engine, { family, category }: Threat): string {
  const title = family.charAt(0).toUpperCase() + family.slice(1);
  const variant = random.text(random.int(1, 3), 'abcdefghijklm');
  const names = [
    `${category.charAt(0).toUpperCase()}${category.slice(1)}.Win32.${title}.${variant}`,
    `Gen:Variant.${title}.${random.digits(100, 99_999)}`,
    `W32/${title}.${variant.toUpperCase()}!tr`,
    `Malicious (score: ${random.digits(80, 100)})`,
    `${category}/${family}.${variant}`,
    `Unsafe.AI_Score_${random.digits(60, 99)}%`,
  ] as const;
  return names[style % names.length] ?? names[0];
}
