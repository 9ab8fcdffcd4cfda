import type { Spread } from '../measure/statistics.ts';

/** What a figure has to reach. */
export interface Target {
  readonly sense: 'atLeast' | 'atMost';
  readonly bar: number;
  readonly stretch?: number;
}

/** One measured figure. */
export interface Figure {
  readonly name: string;
  /** The median; null where it could not be measured. */
  readonly value: number | null;
  readonly unit: string;
  readonly spread?: Spread;
  /** What it was measured against in the same run, with its own figure; or why there is none. */
  readonly rival: string | null;
  /** Left out where the figure is told for its own sake. */
  readonly target?: Target;
}

/** Whether a value reaches a limit. */
export function reaches(value: number, limit: number, sense: Target['sense']): boolean {
  return sense === 'atLeast' ? value >= limit : value <= limit;
}

/** Whether a figure meets its bar; null where it has none or was not measured. */
export function isMet({ value, target }: Figure): boolean | null {
  return value === null || target === undefined ? null : reaches(value, target.bar, target.sense);
}
