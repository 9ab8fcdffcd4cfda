import type { Catalog } from '../../core/catalog/catalog.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import { VtFeedsError, toVtFeedsError } from '../../core/common/errors.ts';
import type { OnEvent } from '../../core/download/progress.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { isMinute } from '../../core/feed/slot.ts';
import type { StoredBatch, StoredPackage } from '../../core/store/stored.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { Log } from '../platform/log.ts';
import { settings } from '../platform/settings.ts';

export interface BatchServiceParts {
  readonly catalog: Catalog;
  readonly queue: DownloadQueue;
  readonly threads: WorkerThreads;
  readonly source: FeedSource;
  readonly log: Log;
  /** Batches that a document shows; they are never evicted. */
  readonly openBatches: () => readonly string[];
}

/** A batch that is in the store now. */
export interface DownloadedBatch {
  readonly status: 'downloaded' | 'stored';
  readonly records: number;
  readonly bytes: number;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: OnEvent;
}

/** Downloads may go on all the time: a listing is not chased for ever. */
const MAX_LISTINGS = 5;

/** Brings batches into the store and out of it, and keeps the catalog true. */
export class BatchService {
  /** The listing that was begun last: until it is there nobody knows what is in the store. */
  private listed: Promise<void> | undefined;

  constructor(private readonly parts: BatchServiceParts) {}

  /**
   * Makes sure that a batch is in the store: at once when it is there, else by a download others may share. Of an
   * hour whose package cannot be had, the minutes that are there count as the hour.
   */
  async ensureStored(id: BatchId, { signal, onEvent }: DownloadOptions = {}): Promise<DownloadedBatch> {
    const { catalog, queue } = this.parts;
    await this.ensureListed();
    const known = catalog.stateOf(id, Date.now());
    if (known.state === 'stored') return { status: 'stored', records: known.records, bytes: known.bytes };
    if (known.state === 'notYet' || known.state === 'tooOld') {
      const parts = isMinute(id.slot) ? [] : catalog.storedMinutes(id.feed, id.slot);
      if (parts.length > 0) return { status: 'stored', ...totalOf(parts) };
    }
    if (!queue.has(id)) catalog.setRunning(id, 'queued');
    try {
      const { records, bytes } = await queue.run(id, (ended) => this.download(id, ended, onEvent), signal);
      return { status: 'downloaded', records, bytes };
    } finally {
      if (!queue.has(id) && catalog.stateOf(id, Date.now()).state === 'queued') catalog.setEnded(id);
    }
  }

  /** Whether something of a slot is in the store: the minute, or any minute of the hour. */
  hasParts({ feed, slot }: BatchId): boolean {
    const { catalog } = this.parts;
    return isMinute(slot)
      ? catalog.storedBatch({ feed, slot }) !== undefined
      : catalog.storedMinutes(feed, slot).length > 0;
  }

  /** How many batches are in the store, and their size on disk. */
  totals(): { readonly count: number; readonly bytes: number } {
    return this.parts.catalog.totals();
  }

  isStored(id: BatchId): boolean {
    return this.parts.catalog.stateOf(id, Date.now()).state === 'stored';
  }

  /** Reads what the store holds, unless that was done. */
  ensureListed(): Promise<void> {
    return this.listed ?? this.reload();
  }

  /** Reads anew what the store holds, as after another window's work. */
  reload(): Promise<void> {
    const listing = this.readListing();
    this.listed = listing.catch(() => undefined);
    return listing;
  }

  async delete(id: BatchId): Promise<void> {
    await this.parts.threads.read('deleteBatch', { store: this.store, id });
    await this.reload();
  }

  /** Deletes every batch and every artifact of the current source. */
  async clear(): Promise<void> {
    await this.parts.queue.cancelAll();
    for (const root of [this.store.root, this.parts.source.artifactRoot()]) {
      await this.parts.threads.read('clearStore', { store: { root } });
    }
    await this.reload();
  }

  /** Removes what earlier windows left half-written. */
  async sweep(): Promise<void> {
    const { threads, source } = this.parts;
    const roots = [this.store.root, source.artifactRoot()];
    const counts = await Promise.all(roots.map((root) => threads.read('sweep', { store: { root } })));
    const swept = counts.reduce((sum, count) => sum + count, 0);
    if (swept > 0) this.parts.log.info(`Removed ${String(swept)} unfinished files of earlier downloads.`);
  }

  /** A listing that was overtaken, by a download or by another source, is made anew. */
  private async readListing(): Promise<void> {
    const { catalog, threads } = this.parts;
    for (let tries = 0; tries < MAX_LISTINGS; tries++) {
      const { store } = this;
      const { revision } = catalog;
      const listing = await threads.read('listStore', { store });
      if (store.root !== this.store.root) return this.listed;
      if (revision !== catalog.revision) continue;
      catalog.replaceListing(listing);
      return;
    }
  }

  private async download(
    id: BatchId,
    signal: AbortSignal,
    onEvent?: OnEvent,
  ): Promise<StoredBatch | StoredPackage> {
    const { catalog, log } = this.parts;
    const { root } = this.store;
    // After a change of source a job that is being ended says nothing of the new one.
    const isCurrent = (): boolean => root === this.store.root;
    log.info(`Downloading ${batchKey(id)}.`);
    catalog.setRunning(id, { received: 0, total: undefined });
    try {
      const stored = await this.runJob(id, signal, (event) => {
        if (!isCurrent()) return;
        if (event.event === 'bytes') catalog.setRunning(id, event.progress);
        else catalog.setStored(event.batch);
        onEvent?.(event);
      });
      log.info(`Stored ${batchKey(id)}: ${String(stored.records)} records, ${String(stored.bytes)} bytes.`);
      if (isCurrent()) await this.afterDownload(id, stored);
      return stored;
    } catch (thrown) {
      const error = aboutBatch(toVtFeedsError(thrown), id);
      if (isCurrent()) catalog.setEnded(id, error);
      throw this.tooManyMissing(id) ?? error;
    }
  }

  /** A minute without a batch is normal; more of them in a row than the user tolerates are not. */
  private tooManyMissing({ feed, slot }: BatchId): VtFeedsError | undefined {
    const { catalog } = this.parts;
    if (!isMinute(slot) || catalog.stateOf({ feed, slot }, Date.now()).state !== 'missing') return undefined;
    const count = catalog.missingInARow({ feed, slot });
    return count > settings.missingBatchTolerance() ? missingInARow(feed, count) : undefined;
  }

  private async runJob(
    id: BatchId,
    signal: AbortSignal,
    onEvent: OnEvent,
  ): Promise<StoredBatch | StoredPackage> {
    const { threads, source } = this.parts;
    const { feed, slot } = id;
    const input = {
      connection: { access: await source.access(), network: settings.network() },
      store: this.store,
    };
    return isMinute(slot)
      ? threads.run('downloadMinute', { ...input, id: { feed, slot } }, { signal, onEvent })
      : threads.run('downloadHour', { ...input, id: { feed, slot } }, { signal, onEvent });
  }

  private async afterDownload(id: BatchId, stored: StoredBatch | StoredPackage): Promise<void> {
    const { catalog, log } = this.parts;
    if (!('missing' in stored)) catalog.setStored(stored);
    catalog.setEnded(id);
    catalog.setLicence(id.feed, 'licensed');
    if ('missing' in stored) await this.reload();
    // What is stored is stored, whether or not others could be deleted for it.
    await this.evict([batchKey(id), ...this.parts.openBatches()]).catch((error: unknown) => {
      log.error('Keeping the store within its size', toVtFeedsError(error));
    });
  }

  private async evict(keep: readonly string[]): Promise<void> {
    const { threads, log } = this.parts;
    const evicted = await threads.read('evict', {
      store: this.store,
      maxBytes: settings.maxStoreBytes(),
      keep,
    });
    if (evicted.length === 0) return;
    log.info(
      `The store was over its limit: ${String(evicted.length)} batches not used for long were deleted.`,
    );
    await this.reload();
  }

  private get store(): { readonly root: string } {
    return { root: this.parts.source.storeRoot() };
  }
}

function missingInARow(feed: Feed, count: number): VtFeedsError {
  return new VtFeedsError(
    'missingInARow',
    `${feedInfo(feed).title}: ${String(count)} minutes in a row have no batch. One now and then is normal, several are not: ` +
      'try again later, or raise vtFeeds.missingBatchTolerance.',
  );
}

function totalOf(parts: readonly StoredBatch[]): { readonly records: number; readonly bytes: number } {
  const sum = (of: (part: StoredBatch) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return { records: sum((part) => part.records), bytes: sum((part) => part.bytes) };
}

/** Says which batch an error is about, so that "try again" knows. */
function aboutBatch(error: VtFeedsError, id: BatchId): VtFeedsError {
  const about = new VtFeedsError(
    error.code,
    error.message,
    { ...error.facts, batch: batchKey(id) },
    { cause: error },
  );
  if (error.stack !== undefined) about.stack = error.stack;
  return about;
}
