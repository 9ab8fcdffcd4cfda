import type { Random } from './random.ts';

// prettier-ignore
const FAMILIES = [
  'veltran', 'gloomrat', 'pikbot', 'snarlock', 'cobaltine', 'dripstone', 'fernloader', 'hushminer', 'kettleworm',
  'mirelock', 'oddspy', 'rattlekey', 'sablecrypt', 'tinwhistle',
] as const;
const CATEGORIES = ['trojan', 'ransomware', 'downloader', 'worm', 'miner', 'adware', 'pua'] as const;

/** A made-up family and how widely it is seen. */
export interface Threat {
  readonly family: string;
  readonly category: string;
  /** Share of the engines that say so, 0 for a clean object. */
  readonly share: number;
}

const CLEAN: Threat = { family: '', category: '', share: 0 };

/** Nothing, a doubtful hit, or a known threat, in about the shares of the real feeds. */
export function threat(random: Random): Threat {
  const family = random.pick(FAMILIES);
  const category = random.pick(CATEGORIES);
  const dice = random.int(1, 100);
  if (dice <= 40) return CLEAN;
  return { family, category, share: dice <= 65 ? random.int(1, 8) / 100 : random.int(25, 85) / 100 };
}

/** Known well enough that the engines agree on a name. */
export function isNamed({ share }: Threat): boolean {
  return share >= 0.25;
}
