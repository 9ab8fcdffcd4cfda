import { perhapsHostile } from '../records/hostile-text.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';
import type { FileKind } from './file-kind.ts';

// prettier-ignore
const STEMS = [
  'setup', 'invoice_2044', 'Rechnung', 'update', 'présentation', 'payload', 'счёт', 'photo', 'README', '見積書', 'driver',
  'order confirmation', 'factură', 'client', 'installer (1)', 'Überweisung', 'report', 'svchost',
] as const;

/** The names a file was seen under, the telling one first; some files have none. */
export function fileNames(random: Random, { extension }: FileKind, sha256: string): readonly string[] {
  if (random.chance(0.1)) return [];
  const plain = random.chance(0.25) ? `${sha256}.virus` : `${random.pick(STEMS)}.${extension}`;
  const first = perhapsHostile(random, plain);
  const others = repeat(random.int(0, 4), () => `${random.pick(STEMS)}-${random.hex(4)}.${extension}`);
  return [first, ...others];
}
