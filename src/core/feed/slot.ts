/** A minute of a feed, `YYYYMMDDhhmm`, UTC. */
export type Minute = string & { readonly slotKind: 'minute' };
/** An hour of a feed, `YYYYMMDDhh`, UTC. */
export type Hour = string & { readonly slotKind: 'hour' };
/** A day, `YYYYMMDD`, UTC. Days hold slots; the API has no batch of one. */
export type Day = string & { readonly slotKind: 'day' };
/** What one request of a feed names: a minute or an hour. */
export type Slot = Minute | Hour;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const DIGITS = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?$/u;

/** Reads a slot in the API's spelling; undefined for anything that is not a real time. */
export function parseSlot(text: string): Slot | undefined {
  const parts = DIGITS.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const slot = digitsAt(Date.UTC(year, month - 1, day, hour, minute), text.length);
  return slot === text ? (slot as Slot) : undefined;
}

export function isMinute(slot: Slot): slot is Minute {
  return slot.length === 12;
}

/** Start of a slot or a day, Unix milliseconds. */
export function startOf(slot: Slot | Day): number {
  const at = (from: number, to: number): number => Number(slot.slice(from, to) || 0);
  return Date.UTC(at(0, 4), at(4, 6) - 1, at(6, 8), at(8, 10), at(10, 12));
}

export function minuteAt(time: number): Minute {
  return digitsAt(time, 12) as Minute;
}

export function hourAt(time: number): Hour {
  return digitsAt(time, 10) as Hour;
}

export function dayAt(time: number): Day {
  return digitsAt(time, 8) as Day;
}

export function hourOf(slot: Slot): Hour {
  return slot.slice(0, 10) as Hour;
}

export function dayOf(slot: Slot): Day {
  return slot.slice(0, 8) as Day;
}

/** The sixty minutes of an hour, oldest first. */
export function minutesOf(hour: Hour): Minute[] {
  return Array.from({ length: 60 }, (_, minute) => minuteAt(startOf(hour) + minute * MINUTE_MS));
}

/** The slot of the same length `steps` later (or earlier, when negative). */
export function shiftSlot<S extends Slot>(slot: S, steps: number): S {
  const length = isMinute(slot) ? MINUTE_MS : HOUR_MS;
  return digitsAt(startOf(slot) + steps * length, slot.length) as S;
}

function digitsAt(time: number, length: number): string {
  return Number.isFinite(time) && Math.abs(time) < 8.64e15
    ? new Date(time).toISOString().replace(/\D/gu, '').slice(0, length)
    : '';
}
