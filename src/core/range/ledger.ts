import { DAY_MINUTES, minuteAtIndex, minuteOfDay } from '../feed/day-minutes.ts';
import { MINUTE_MS, dayAt, dayOf, startOf } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { minuteCount } from './range-request.ts';
import type { RangeRequest } from './range-request.ts';

/** How each fate is written down, one letter a minute. */
const LETTERS = {
  /** Still to be taken. */
  pending: '.',
  /** Came into the store after the range was asked for. */
  downloaded: 'd',
  /** Was in the store before. */
  stored: 's',
  /** Was known to have no batch before. */
  knownMissing: 'k',
  /** Found to have no batch. */
  missing: 'm',
  /** The same, in a gap which the person said to go on past. */
  acceptedMissing: 'a',
  failed: 'f',
} as const;

/** What became of a minute of a range. */
export type Fate = keyof typeof LETTERS;

const FATES = new Map(Object.entries(LETTERS).map(([fate, letter]) => [letter as string, fate as Fate]));

interface Entry {
  readonly minute: Minute;
  fate: Fate;
}

/** What became of each minute of a range. */
export class Ledger {
  private readonly start: number;
  private readonly counts = new Map<Fate, number>();
  private readonly all: readonly Entry[];

  private constructor({ from }: RangeRequest, fates: readonly Fate[]) {
    this.start = startOf(from);
    this.all = fates.map((fate, place) => ({ minute: minuteAfter(from, place), fate }));
    for (const fate of fates) this.counts.set(fate, this.count(fate) + 1);
  }

  static blank(request: RangeRequest): Ledger {
    return new Ledger(
      request,
      Array.from({ length: minuteCount(request) }, () => 'pending'),
    );
  }

  /** Reads what {@link toString} wrote; undefined where it is not of this range. */
  static parse(request: RangeRequest, text: string): Ledger | undefined {
    const fates = Array.from(text).flatMap((letter) => FATES.get(letter) ?? []);
    return fates.length === text.length && fates.length === minuteCount(request)
      ? new Ledger(request, fates)
      : undefined;
  }

  /** Minutes in all. */
  get size(): number {
    return this.all.length;
  }

  /** Every minute, oldest first. */
  get entries(): readonly Readonly<Entry>[] {
    return this.all;
  }

  count(...fates: readonly Fate[]): number {
    return fates.reduce((sum, fate) => sum + (this.counts.get(fate) ?? 0), 0);
  }

  /** Undefined for a minute that is none of the range's. */
  fateOf(minute: Minute): Fate | undefined {
    return this.entryOf(minute)?.fate;
  }

  /** Minutes outside the range are passed over. */
  set(minute: Minute, fate: Fate): void {
    const entry = this.entryOf(minute);
    if (entry === undefined) return;
    this.counts.set(entry.fate, this.count(entry.fate) - 1);
    this.counts.set(fate, this.count(fate) + 1);
    entry.fate = fate;
  }

  /** The minutes with one of these fates, oldest first. */
  minutes(...fates: readonly Fate[]): Minute[] {
    return this.all.filter(({ fate }) => fates.includes(fate)).map(({ minute }) => minute);
  }

  /** Every stretch of minutes in a row with one of these fates, oldest first. */
  stretches(...fates: readonly Fate[]): Stretch[] {
    const found: Stretch[] = [];
    let stretch: Entry[] = [];
    for (const entry of [...this.all, undefined]) {
      if (entry !== undefined && fates.includes(entry.fate)) {
        stretch.push(entry);
        continue;
      }
      const [first, last] = [stretch[0], stretch.at(-1)];
      if (first !== undefined && last !== undefined)
        found.push({ from: first.minute, to: last.minute, fates: stretch.map(({ fate }) => fate) });
      stretch = [];
    }
    return found;
  }

  toString(): string {
    return this.all.map(({ fate }) => LETTERS[fate]).join('');
  }

  private entryOf(minute: Minute): Entry | undefined {
    return this.all[(startOf(minute) - this.start) / MINUTE_MS];
  }
}

/** A range may have ten thousand minutes: their names are put together, not asked of a date. */
function minuteAfter(from: Minute, minutes: number): Minute {
  const index = minuteOfDay(from) + minutes;
  const day = index < DAY_MINUTES ? dayOf(from) : dayAt(startOf(from) + minutes * MINUTE_MS);
  return minuteAtIndex(day, index % DAY_MINUTES);
}

/** Minutes in a row, both ends inclusive. */
export interface Stretch {
  readonly from: Minute;
  readonly to: Minute;
  /** One a minute. */
  readonly fates: readonly Fate[];
}
