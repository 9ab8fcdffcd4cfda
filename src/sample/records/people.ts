import { hostName } from './hosts.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';

const COUNTRIES = ['US', 'DE', 'BR', 'IN', 'JP', 'FR', 'NL', 'VN', 'UA', 'ZA'] as const;
const CITIES = ['north haven', 'são exemplo', 'musterstadt', 'lakeside', 'ville-exemple', '例市'] as const;
const INTERFACES = ['api', 'web', 'email'] as const;
// prettier-ignore
const COMPANIES = [
  'Example Widgets Ltd', 'Muster Software GmbH', 'Sample Systems Inc.', 'Société Exemple SARL', '株式会社サンプル',
  'Exemplo Tecnologia Ltda', 'Placeholder Networks BV', 'ООО Пример',
] as const;

export function country(random: Random): string {
  return random.pick(COUNTRIES);
}

export function company(random: Random): string {
  return random.pick(COMPANIES);
}

/** Who submitted, or undefined for a re-analysis. `?` is an unknown place, `XX` an unknown country. */
export function submitter(random: Random): JsonObject | undefined {
  if (random.chance(0.35)) return undefined;
  const known = random.chance(0.6);
  const placed = random.chance(0.8);
  return {
    city: placed ? (known ? random.pick(CITIES) : '?') : undefined,
    country: placed ? (known || random.chance(0.7) ? country(random) : 'XX') : undefined,
    id: random.hex(8),
    interface: random.pick(INTERFACES),
    region: placed ? (known ? random.text(2, 'ABCDEFGHKLMNPRSTVW') : '?') : undefined,
  };
}

/** A web address of a made-up rule, report or policy. */
export function reference(random: Random, folder: string): string {
  return `https://${hostName(random)}/${folder}/${random.hex(8)}`;
}
