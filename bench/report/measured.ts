import { median, ratios, spreadOf } from '../measure/statistics.ts';
import type { Figure, Target } from './figure.ts';
import { numberText } from './number-text.ts';

/** The times of whom it is measured against; none where the rival is not installed. */
export interface Rival {
  readonly name: string;
  readonly seconds: readonly number[];
}

/** A figure made of one value a round. */
export function measured(
  name: string,
  unit: string,
  values: readonly number[],
  { rival = null, target }: { readonly rival?: string | null; readonly target?: Target } = {},
): Figure {
  const figure = { name, unit, rival, ...(target === undefined ? {} : { target }) };
  if (values.length === 0) return { ...figure, value: null };
  return { ...figure, value: median(values), spread: spreadOf(values) };
}

/** How many times as fast as its rival: the rival's time by ours, round by round. */
export function speedRatio(name: string, seconds: readonly number[], rival: Rival, target?: Target): Figure {
  return measured(name, '×', ratios(rival.seconds, seconds), {
    rival: rivalText(rival),
    ...(target === undefined ? {} : { target }),
  });
}

/** How many times as long as its rival: our time by the rival's, round by round. */
export function timeRatio(name: string, seconds: readonly number[], rival: Rival, target?: Target): Figure {
  return measured(name, '×', ratios(seconds, rival.seconds), {
    rival: rivalText(rival),
    ...(target === undefined ? {} : { target }),
  });
}

function rivalText({ name, seconds }: Rival): string {
  return seconds.length === 0
    ? `${name}: skipped, not installed`
    : `${name}: ${numberText(median(seconds))} s`;
}
