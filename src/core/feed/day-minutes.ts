import type { Day, Minute } from './slot.ts';

/** Minutes of a day: every day has as many, in UTC. */
export const DAY_MINUTES = 1440;

/** Which minute of its day a minute is, from 0. */
export function minuteOfDay(minute: Minute): number {
  return Number(minute.slice(8, 10)) * 60 + Number(minute.slice(10, 12));
}

/** The minute of `day` that is `index` minutes after its start. */
export function minuteAtIndex(day: Day, index: number): Minute {
  return `${day}${twoDigits(Math.floor(index / 60))}${twoDigits(index % 60)}` as Minute;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
