import { Emitter } from '../common/emitter.ts';
import { hasCode } from '../common/errors.ts';
import type { ErrorCode, VtFeedsError } from '../common/errors.ts';
import { batchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { FEEDS } from '../feed/feed.ts';
import type { Feed } from '../feed/feed.ts';
import type { Licence } from '../api/feed-client.ts';
import { isMinute, shiftSlot, startOf } from '../feed/slot.ts';
import type { Day, Hour, Minute } from '../feed/slot.ts';
import { FEED_LIFETIME_MS, availability } from '../feed/window.ts';
import type { ListedDay, StoredDay } from '../store/stored-day.ts';
import type { StoredBatch, StoredPackage } from '../store/stored.ts';
import type { ByteProgress } from '../download/progress.ts';
import type { SlotState } from './slot-state.ts';
import { StoredDays } from './stored-days.ts';
import { NOTHING, addToSum } from './stored-sum.ts';
import type { StoredSum } from './stored-sum.ts';

/** What a key may do with a feed, or why that is not known. */
export type LicenceState = Licence | 'unknown';

/** Errors that say nothing of the slot itself: the clock or the key decides, and both change. */
const PASSING: readonly ErrorCode[] = ['cancelled', 'notAvailableYet', 'tooOld', 'noApiKey', 'wrongApiKey'];

/** More changes than these in one reading are told as "anything": it costs less to look at everything shown. */
const MOST_NAMED = 120;

/**
 * What one window knows of batches: what is stored, what is running, what failed. Asking it is cheap and asks
 * nobody; the change event names the batch, or nothing when anything may have changed.
 */
export class Catalog {
  private readonly stored = new StoredDays();
  private readonly running = new Map<string, ByteProgress | 'queued'>();
  private readonly failures = new Map<string, VtFeedsError>();
  private readonly licences = new Map<Feed, LicenceState>();
  private readonly changes = new Emitter<BatchId | undefined>();
  private readonly storedChanges = new Emitter<BatchId | undefined>();

  readonly onDidChange = this.changes.event;
  /** The same, but only where what is stored has changed. */
  readonly onDidChangeStored = this.storedChanges.event;

  /** Grows with every change that a reading of the store begun before it cannot know of. */
  get revision(): number {
    return this.stored.revision;
  }

  /**
   * Forgets the days that the store no longer has, and returns those that are to be read: new or changed ones.
   * `since` is the revision when the listing was begun.
   */
  takeListing(listed: readonly ListedDay[], since: number): ListedDay[] {
    if (this.stored.forgetOthers(listed, since)) this.tellStored(undefined);
    return listed.filter((day) => !this.stored.isCurrent(day));
  }

  /** Takes over days as they were read. Returns those that changed here after `since`, the revision before the reading. */
  takeDays(days: readonly StoredDay[], since: number): ListedDay[] {
    const overtaken: ListedDay[] = [];
    const changed: BatchId[] = [];
    for (const day of days) {
      const slots = this.stored.take(day, since);
      if (slots === 'overtaken') overtaken.push(day);
      else for (const slot of slots) if (changed.push({ feed: day.feed, slot }) > MOST_NAMED) break;
    }
    if (changed.length > MOST_NAMED) this.tellStored(undefined);
    else for (const id of changed) this.tellStored(id);
    return overtaken;
  }

  /** Forgets everything, as when another source of batches is chosen. */
  reset(): void {
    this.failures.clear();
    this.licences.clear();
    this.stored.clear();
    this.tellStored(undefined);
  }

  setRunning(id: BatchId, progress: ByteProgress | 'queued'): void {
    this.failures.delete(batchKey(id));
    this.running.set(batchKey(id), progress);
    this.changes.emit(id);
  }

  setStored(batch: StoredBatch): void {
    this.running.delete(batchKey(batch));
    this.stored.setBatch(batch);
    this.tellStored(batch);
  }

  /** An error is shown at its slot; a cancelled download leaves no trace. */
  setEnded(id: BatchId, error?: VtFeedsError): void {
    const { feed, slot } = id;
    this.running.delete(batchKey(id));
    if (hasCode(error, 'missingBatch') && isMinute(slot)) this.stored.setMissing({ feed, slot });
    else if (hasCode(error, 'noLicence')) this.licences.set(feed, 'unlicensed');
    else if (error !== undefined && !PASSING.includes(error.code)) this.failures.set(batchKey(id), error);
    this.changes.emit(hasCode(error, 'noLicence') ? undefined : id);
  }

  setLicence(feed: Feed, licence: LicenceState): void {
    if (this.licenceOf(feed) === licence) return;
    this.licences.set(feed, licence);
    this.changes.emit(undefined);
  }

  licenceOf(feed: Feed): LicenceState {
    return this.licences.get(feed) ?? 'unknown';
  }

  /** Downloads queued or under way. */
  get runningCount(): number {
    return this.running.size;
  }

  /** Whether a download of this very slot is queued or under way. */
  isRunning(id: BatchId): boolean {
    return this.running.has(batchKey(id));
  }

  storedBatch(id: BatchId<Minute>): StoredBatch | undefined {
    return this.stored.batch(id);
  }

  /** How much the store holds. */
  totals(): StoredSum {
    return FEEDS.map((feed) => this.stored.sumOf(feed)).reduce((sum, of) => addToSum(sum, of), NOTHING);
  }

  /** How much is stored of a feed, of one of its days, or of one of its hours. */
  sumOf(feed: Feed, of?: Day | Hour): StoredSum {
    return this.stored.sumOf(feed, of);
  }

  /** Whether something of a slot is stored: the minute, or any minute of the hour. */
  hasParts({ feed, slot }: BatchId): boolean {
    return isMinute(slot)
      ? this.storedBatch({ feed, slot }) !== undefined
      : this.stored.sumOf(feed, slot).count > 0;
  }

  /** The stored minutes of an hour, oldest first. */
  storedMinutes(feed: Feed, hour: Hour): StoredBatch[] {
    return this.stored.minutesOf(feed, hour);
  }

  /** The days of which something is stored. */
  storedDays(feed: Feed): Day[] {
    return this.stored.daysOf(feed);
  }

  /** How many minutes in a row, `id` among them, are known to have no batch. */
  missingInARow({ feed, slot }: BatchId<Minute>): number {
    const isMissing = (minute: Minute): boolean => this.stored.isMissing({ feed, slot: minute });
    let count = 1;
    for (let at = shiftSlot(slot, -1); isMissing(at); at = shiftSlot(at, -1)) count++;
    for (let at = shiftSlot(slot, 1); isMissing(at); at = shiftSlot(at, 1)) count++;
    return count;
  }

  /** What is known of an hour's package that was taken in. */
  packageOf(id: BatchId<Hour>): StoredPackage | undefined {
    return this.stored.packageOf(id);
  }

  /** The state of a slot at `now`. Of an hour it is that of its package; its minutes have their own. */
  stateOf(id: BatchId, now: number): SlotState {
    const key = batchKey(id);
    const progress = this.running.get(key);
    if (progress !== undefined)
      return progress === 'queued' ? { state: 'queued' } : { state: 'downloading', ...progress };
    const stored = this.storedState(id, now);
    if (stored !== undefined) return stored;
    const error = this.failures.get(key);
    if (error !== undefined) return { state: 'failed', error };
    return this.isMissing(id) ? { state: 'missing' } : availability(id.slot, now);
  }

  private tellStored(id: BatchId | undefined): void {
    this.storedChanges.emit(id);
    this.changes.emit(id);
  }

  /** Whether it is known that no batch was generated; of an hour nothing like that is known. */
  isMissing({ feed, slot }: BatchId): boolean {
    return isMinute(slot) && this.stored.isMissing({ feed, slot });
  }

  private storedState({ feed, slot }: BatchId, now: number): SlotState | undefined {
    const found = isMinute(slot) ? this.storedBatch({ feed, slot }) : this.wholeHour(feed, slot);
    if (found === undefined) return undefined;
    const { records, bytes } = found;
    return { state: 'stored', records, bytes, linksExpired: now >= startOf(slot) + FEED_LIFETIME_MS };
  }

  /** An hour is stored when its package was taken in, or when none of its minutes is left to come. */
  private wholeHour(feed: Feed, slot: Hour): StoredSum | undefined {
    const sum = this.stored.sumOf(feed, slot);
    const isWhole = this.packageOf({ feed, slot }) !== undefined || this.stored.isWhole(feed, slot);
    return sum.count > 0 && isWhole ? sum : undefined;
  }
}
