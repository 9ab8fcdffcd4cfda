import { minuteAtIndex, minuteOfDay } from '../feed/day-minutes.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { FEEDS } from '../feed/feed.ts';
import type { Feed } from '../feed/feed.ts';
import { dayOf } from '../feed/slot.ts';
import type { Day, Hour, Minute, Slot } from '../feed/slot.ts';
import { changedSlots, emptyDay } from '../store/stored-day.ts';
import type { ListedDay, StoredDay } from '../store/stored-day.ts';
import type { StoredBatch, StoredPackage } from '../store/stored.ts';
import { CatalogDay } from './catalog-day.ts';
import { NOTHING, addToSum } from './stored-sum.ts';
import type { StoredSum } from './stored-sum.ts';

/**
 * What a store holds, day by day: each change costs as much as one batch, each question as much as its answer. It is
 * brought up to date by days, and a day that changed here after its reading was begun is not overwritten by it.
 */
export class StoredDays {
  private readonly days = new Map<Feed, Map<Day, CatalogDay>>(FEEDS.map((feed) => [feed, new Map()]));
  private changed = 0;

  /** Grows with every change that a reading begun before it cannot know of. */
  get revision(): number {
    return this.changed;
  }

  /**
   * Forgets the days that a store no longer has, but for those that came after `since`, the revision at which the
   * listing was begun; true when there were any.
   */
  forgetOthers(listed: readonly ListedDay[], since: number): boolean {
    const there = new Set(listed.map(({ feed, day }) => `${feed}/${day}`));
    let isChanged = false;
    for (const [feed, days] of this.days) {
      for (const [day, { changedAt }] of days) {
        if (changedAt <= since && !there.has(`${feed}/${day}`)) isChanged = days.delete(day);
      }
    }
    return isChanged;
  }

  /** Whether a day is as it was read, and its folder has not changed since. */
  isCurrent({ feed, day, stamp }: ListedDay): boolean {
    const known = this.find(feed, day);
    return known?.changedAt === 0 && known.day.stamp === stamp;
  }

  /**
   * Takes over a day as it was read, and tells which of its slots are others now. A day that has changed here after
   * `since` is left as it is: `overtaken`.
   */
  take(read: StoredDay, since: number): Iterable<Slot> | 'overtaken' {
    const known = this.find(read.feed, read.day);
    if (known !== undefined && known.changedAt > since) return 'overtaken';
    this.days.get(read.feed)?.set(read.day, new CatalogDay(read));
    return changedSlots(known?.day ?? emptyDay(read), read);
  }

  clear(): void {
    this.changed++;
    for (const days of this.days.values()) days.clear();
  }

  setBatch(batch: StoredBatch): void {
    this.change(batch).setBatch(minuteOfDay(batch.slot), batch);
  }

  setMissing(id: BatchId<Minute>): void {
    this.change(id).setMissing(minuteOfDay(id.slot));
  }

  batch({ feed, slot }: BatchId<Minute>): StoredBatch | undefined {
    const found = this.find(feed, dayOf(slot))?.batchAt(minuteOfDay(slot));
    return found === undefined ? undefined : { feed, slot, ...found };
  }

  isMissing({ feed, slot }: BatchId<Minute>): boolean {
    return this.find(feed, dayOf(slot))?.isMissing(minuteOfDay(slot)) === true;
  }

  /** The stored minutes of an hour, oldest first. */
  minutesOf(feed: Feed, hour: Hour): StoredBatch[] {
    const start = hourOfDay(hour) * 60;
    return Array.from({ length: 60 }, (_, minute) => minuteAtIndex(dayOf(hour), start + minute)).flatMap(
      (slot) => this.batch({ feed, slot }) ?? [],
    );
  }

  /** The days of which something is stored. */
  daysOf(feed: Feed): Day[] {
    const days = [...(this.days.get(feed) ?? [])];
    return days.flatMap(([day, known]) => (known.sumOf().count > 0 ? [day] : []));
  }

  /** Of a feed, of one of its days, or of one of its hours. */
  sumOf(feed: Feed, of?: Day | Hour): StoredSum {
    if (of !== undefined) {
      const known = this.find(feed, isHour(of) ? dayOf(of) : of);
      return known?.sumOf(isHour(of) ? hourOfDay(of) : undefined) ?? NOTHING;
    }
    const days = [...(this.days.get(feed)?.values() ?? [])];
    return days.reduce((sum, day) => addToSum(sum, day.sumOf()), NOTHING);
  }

  /** Whether each minute of an hour is stored or known to have no batch. */
  isWhole(feed: Feed, hour: Hour): boolean {
    return this.find(feed, dayOf(hour))?.isWhole(hourOfDay(hour)) === true;
  }

  packageOf({ feed, slot }: BatchId<Hour>): StoredPackage | undefined {
    return this.find(feed, dayOf(slot))?.packageOf(slot);
  }

  private find(feed: Feed, day: Day): CatalogDay | undefined {
    return this.days.get(feed)?.get(day);
  }

  private change({ feed, slot }: BatchId): CatalogDay {
    const day = dayOf(slot);
    const known = this.find(feed, day) ?? new CatalogDay(emptyDay({ feed, day }));
    this.days.get(feed)?.set(day, known);
    known.changedAt = ++this.changed;
    return known;
  }
}

function isHour(of: Day | Hour): of is Hour {
  return of.length === 10;
}

function hourOfDay(hour: Hour): number {
  return Number(hour.slice(8));
}
