import { HOUR_MS, hourOf, isMinute, shiftSlot, startOf } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import { FEED_LIFETIME_MS, availability } from '../feed/window.ts';

interface MinuteStep {
  readonly slot: Minute;
  readonly minutes: readonly [Minute];
}

interface PackageStep {
  readonly slot: Hour;
  /** Those of its minutes that are wanted. */
  readonly minutes: readonly Minute[];
}

/** One download of a range: a minute, or an hour's package. */
export type Step = MinuteStep | PackageStep;

/** With fewer minutes than these to take, a package would bring mostly what is in the store. */
const WORTH_A_PACKAGE = 30;
/** What is served for less than this is taken first, or a long range would come too late for it. */
const SOON_GONE_MS = 3 * HOUR_MS;

/**
 * How to get `minutes` (those of a range that are still to be taken) at `now`, Unix milliseconds: by the package where
 * `from` to `to` hold the whole hour, most of it is wanted and the package is served, minute by minute elsewhere.
 * Newest first: a person hunts in what is new, and reads it while the rest comes. Only what is about to be too old
 * goes before. `withoutPackage`: hours whose package cannot be had.
 */
export function planSteps(
  minutes: readonly Minute[],
  { from, to }: { readonly from: Minute; readonly to: Minute },
  withoutPackage: ReadonlySet<Hour>,
  now: number,
): Step[] {
  const isWhole = (hour: Hour): boolean =>
    startOf(hour) >= startOf(from) && startOf(shiftSlot(hour, 1)) <= startOf(shiftSlot(to, 1));
  const steps: Step[] = [];
  for (const [hour, wanted] of byHour(minutes)) {
    const asPackage =
      wanted.length >= WORTH_A_PACKAGE &&
      isWhole(hour) &&
      !withoutPackage.has(hour) &&
      availability(hour, now).state === 'available';
    steps.push(...(asPackage ? [{ slot: hour, minutes: wanted }] : minuteSteps(wanted)));
  }
  const isUrgent = ({ slot }: Step): boolean => startOf(slot) + FEED_LIFETIME_MS - SOON_GONE_MS < now;
  return [
    ...steps.filter(isUrgent).sort(oldestFirst),
    ...steps.filter((step) => !isUrgent(step)).sort((one, other) => oldestFirst(other, one)),
  ];
}

/** The same minutes one by one, newest first. */
export function minuteSteps(minutes: readonly Minute[]): Step[] {
  return minutes
    .map((slot): Step => ({ slot, minutes: [slot] }))
    .sort((one, other) => oldestFirst(other, one));
}

export function isPackage(step: Step): step is PackageStep {
  return !isMinute(step.slot);
}

function byHour(minutes: readonly Minute[]): Map<Hour, Minute[]> {
  return Map.groupBy(minutes, hourOf);
}

function oldestFirst(one: Step, other: Step): number {
  return startOf(one.slot) - startOf(other.slot);
}
