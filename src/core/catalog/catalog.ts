import { Emitter } from '../common/emitter.ts';
import { hasCode } from '../common/errors.ts';
import type { ErrorCode, VtFeedsError } from '../common/errors.ts';
import { batchKey, parseBatchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';
import type { Licence } from '../api/feed-client.ts';
import { dayOf, hourOf, isMinute, minutesOf, shiftSlot, startOf } from '../feed/slot.ts';
import type { Day, Hour, Minute } from '../feed/slot.ts';
import { FEED_LIFETIME_MS, availability } from '../feed/window.ts';
import { totalOf } from '../store/stored.ts';
import type { StoreListing, StoredBatch, StoredPackage } from '../store/stored.ts';
import type { ByteProgress } from '../download/progress.ts';
import type { SlotState } from './slot-state.ts';

/** What a key may do with a feed, or why that is not known. */
export type LicenceState = Licence | 'unknown';

/** Errors that say nothing of the slot itself: the clock or the key decides, and both change. */
const PASSING: readonly ErrorCode[] = ['cancelled', 'notAvailableYet', 'tooOld', 'noApiKey', 'wrongApiKey'];

/**
 * What one window knows of batches: what is stored, what is running, what failed. Asking it is cheap and asks
 * nobody; the change event names the batch, or nothing when anything may have changed.
 */
export class Catalog {
  private fingerprint = '';
  private changed = 0;
  /** By hour, then by minute: an hour of the tree is looked up, not searched for. */
  private stored = new Map<string, Map<string, StoredBatch>>();
  private packages = new Map<string, StoredPackage>();
  private missing = new Set<string>();
  private readonly running = new Map<string, ByteProgress | 'queued'>();
  private readonly failures = new Map<string, VtFeedsError>();
  private readonly licences = new Map<Feed, LicenceState>();
  private readonly changes = new Emitter<BatchId | undefined>();

  readonly onDidChange = this.changes.event;

  /** Grows with every change that a listing begun before it cannot know of. */
  get revision(): number {
    return this.changed;
  }

  /** Takes over what a store holds; licences stay. Tells only of a listing that differs. */
  replaceListing(listing: StoreListing): void {
    const { batches, packages, missing } = listing;
    const fingerprint = JSON.stringify(listing);
    if (fingerprint === this.fingerprint) return;
    this.fingerprint = fingerprint;
    this.stored = new Map();
    for (const batch of batches) this.keep(batch);
    this.packages = new Map(packages.map((taken) => [batchKey(taken), taken]));
    const stored = new Set(batches.map(batchKey));
    this.missing = new Set(missing.map(batchKey).filter((key) => !stored.has(key)));
    this.changes.emit(undefined);
  }

  /** Forgets everything, as when another source of batches is chosen. */
  reset(): void {
    this.failures.clear();
    this.licences.clear();
    this.fingerprint = '';
    this.changed++;
    this.replaceListing({ batches: [], packages: [], missing: [] });
  }

  setRunning(id: BatchId, progress: ByteProgress | 'queued'): void {
    this.failures.delete(batchKey(id));
    this.running.set(batchKey(id), progress);
    this.changes.emit(id);
  }

  setStored(batch: StoredBatch): void {
    this.running.delete(batchKey(batch));
    this.missing.delete(batchKey(batch));
    this.keep(batch);
    this.fingerprint = '';
    this.changed++;
    this.changes.emit(batch);
  }

  /** An error is shown at its slot; a cancelled download leaves no trace. */
  setEnded(id: BatchId, error?: VtFeedsError): void {
    this.running.delete(batchKey(id));
    this.fingerprint = '';
    this.changed++;
    if (hasCode(error, 'missingBatch') && isMinute(id.slot)) this.missing.add(batchKey(id));
    else if (hasCode(error, 'noLicence')) this.licences.set(id.feed, 'unlicensed');
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

  storedBatch(id: BatchId): StoredBatch | undefined {
    return this.stored.get(hourKey(id))?.get(batchKey(id));
  }

  /** How many minutes are stored, and their size on disk. */
  totals(): { readonly count: number; readonly bytes: number } {
    const all = [...this.stored.values()].flatMap((hour) => [...hour.values()]);
    return { count: all.length, bytes: totalOf(all).bytes };
  }

  /** Whether something of a slot is stored: the minute, or any minute of the hour. */
  hasParts({ feed, slot }: BatchId): boolean {
    return isMinute(slot)
      ? this.storedBatch({ feed, slot }) !== undefined
      : this.storedMinutes(feed, slot).length > 0;
  }

  /** The stored minutes of an hour. */
  storedMinutes(feed: Feed, hour: Hour): StoredBatch[] {
    return [...(this.stored.get(hourKey({ feed, slot: hour }))?.values() ?? [])];
  }

  /** The days of which something is stored. */
  storedDays(feed: Feed): Day[] {
    const ids = [...this.stored.keys()].flatMap((key) => parseBatchKey(key) ?? []);
    return [...new Set(ids.filter((id) => id.feed === feed).map(({ slot }) => dayOf(slot)))];
  }

  /** How many minutes in a row, `id` among them, are known to have no batch. */
  missingInARow({ feed, slot }: BatchId<Minute>): number {
    const isMissing = (minute: Minute): boolean => this.missing.has(batchKey({ feed, slot: minute }));
    let count = 1;
    for (let at = shiftSlot(slot, -1); isMissing(at); at = shiftSlot(at, -1)) count++;
    for (let at = shiftSlot(slot, 1); isMissing(at); at = shiftSlot(at, 1)) count++;
    return count;
  }

  /** Whether an hour's package was taken in. */
  packageOf(id: BatchId): StoredPackage | undefined {
    return this.packages.get(batchKey(id));
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
    return this.missing.has(key) ? { state: 'missing' } : availability(id.slot, now);
  }

  private storedState({ feed, slot }: BatchId, now: number): SlotState | undefined {
    const linksExpired = now >= startOf(slot) + FEED_LIFETIME_MS;
    const parts = isMinute(slot) ? [this.storedBatch({ feed, slot })] : this.minutesOfPackage(feed, slot);
    const found = parts.flatMap((batch) => batch ?? []);
    if (found.length === 0) return undefined;
    return { state: 'stored', ...totalOf(found), linksExpired };
  }

  private keep(batch: StoredBatch): void {
    const hour = this.stored.get(hourKey(batch)) ?? new Map<string, StoredBatch>();
    this.stored.set(hourKey(batch), hour.set(batchKey(batch), batch));
  }

  private minutesOfPackage(feed: Feed, slot: Hour): StoredBatch[] {
    const stored = this.storedMinutes(feed, slot);
    const isKnown = (minute: Minute): boolean => this.missing.has(batchKey({ feed, slot: minute }));
    const isWhole = (): boolean => stored.length + minutesOf(slot).filter(isKnown).length === 60;
    return this.packageOf({ feed, slot }) !== undefined || (stored.length > 0 && isWhole()) ? stored : [];
  }
}

function hourKey({ feed, slot }: BatchId): string {
  return batchKey({ feed, slot: hourOf(slot) });
}
