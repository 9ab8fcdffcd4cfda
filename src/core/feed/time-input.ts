import { DAY_MS, HOUR_MS, MINUTE_MS, minuteAt, parseSlot, startOf } from './slot.ts';
import type { Minute, Slot } from './slot.ts';
import { newestMinute } from './window.ts';

const BACK = /^-\s*(\d{1,5})\s*(m|min|h|d)?$/iu;
const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})[ tT]+(\d{2})(?:(?::|h)?(\d{2})?)?\s*(?:z|utc)?$/iu;
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/u;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** The spellings {@link parseTimeInput} takes, for prompts and errors. */
export const TIME_INPUT_HELP =
  '202611221003, 2026-11-22 10:03, 10:03, 2026112210 for a whole hour, -90m, -3h or latest; all UTC';

/**
 * Reads the time a person typed: a slot (`202611221003`, `2026112210`), a written time (`2026-11-22 10:03`),
 * the clock
 * alone (`10:03`, the last time it was so and is served), a distance back from now (`-90m`, `-3h`, `-2d`) or `latest`, the newest minute there is.
 */
export function parseTimeInput(text: string, now: number): Slot | undefined {
  const typed = text.trim();
  if (/^(?:latest|now)$/iu.test(typed)) return newestMinute(now);
  const clock = CLOCK.exec(typed);
  if (clock !== null) return lastAt(`${clock[1] ?? ''}${clock[2] ?? ''}`, newestMinute(now));
  const back = BACK.exec(typed);
  if (back !== null) {
    const unit = UNITS[(back[2] ?? 'm').slice(0, 1).toLowerCase()] ?? MINUTE_MS;
    return minuteAt(now - Number(back[1]) * unit);
  }
  const written = WRITTEN.exec(typed);
  return parseSlot(written === null ? typed : written.slice(1).join(''));
}

function lastAt(clock: string, newest: Minute): Minute {
  const today = `${newest.slice(0, 8)}${clock}` as Minute;
  return today <= newest ? today : minuteAt(startOf(today) - DAY_MS);
}
