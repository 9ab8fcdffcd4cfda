import { isMinute } from './slot.ts';
import type { Day, Slot } from './slot.ts';

/** `2026-11-22 10:03`, or `2026-11-22 10h` for an hour; UTC, as everywhere. */
export function slotText(slot: Slot): string {
  const day = dayText(slot.slice(0, 8) as Day);
  return `${day} ${clockText(slot)}`;
}

/** `10:03`, or `10h` for an hour. */
export function clockText(slot: Slot): string {
  return isMinute(slot) ? `${slot.slice(8, 10)}:${slot.slice(10, 12)}` : `${slot.slice(8)}h`;
}

/** `2026-11-22`. */
export function dayText(day: Day): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
}

/** A moment for people: `11:03 UTC`, with the day when it is another one than `now`'s. */
export function momentText(time: number, now: number): string {
  const iso = new Date(time).toISOString();
  const clock = `${iso.slice(11, 16)} UTC`;
  return iso.slice(0, 10) === new Date(now).toISOString().slice(0, 10)
    ? clock
    : `${iso.slice(0, 10)} ${clock}`;
}
