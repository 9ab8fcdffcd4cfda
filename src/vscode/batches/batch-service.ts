import type { Arrivals } from '../../core/catalog/arrivals.ts';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { DownloadQueue, Lane } from '../../core/catalog/download-queue.ts';
import { VtFeedsError, toVtFeedsError } from '../../core/common/errors.ts';
import type { OnEvent } from '../../core/download/progress.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { isMinute } from '../../core/feed/slot.ts';
import { totalOf } from '../../core/store/stored.ts';
import type { StoredBatch, StoredPackage } from '../../core/store/stored.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { Log } from '../platform/log.ts';
import { settings } from '../platform/settings.ts';
import type { StoreKeeper } from './store-keeper.ts';

export interface BatchServiceParts {
  readonly arrivals: Arrivals;
  readonly catalog: Catalog;
  readonly queue: DownloadQueue;
  readonly threads: WorkerThreads;
  readonly source: FeedSource;
  readonly keeper: StoreKeeper;
  readonly log: Log;
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
  /** Who wants it; a person, unless it is said. */
  readonly lane?: Lane;
}

/** Brings batches into the store, and tells the catalog how far they are. */
export class BatchService {
  constructor(private readonly parts: BatchServiceParts) {}

  /**
   * Makes sure that a batch is in the store: at once when it is there, else by a download others may share. Of an
   * hour whose package cannot be had, the minutes that are there count as the hour.
   */
  async ensureStored(id: BatchId, { signal, onEvent, lane }: DownloadOptions = {}): Promise<DownloadedBatch> {
    const { catalog, queue } = this.parts;
    await this.parts.keeper.ensureListed();
    const known = catalog.stateOf(id, Date.now());
    if (known.state === 'stored') return { status: 'stored', records: known.records, bytes: known.bytes };
    if (known.state === 'notYet' || known.state === 'tooOld') {
      const parts = isMinute(id.slot) ? [] : catalog.storedMinutes(id.feed, id.slot);
      if (parts.length > 0) return { status: 'stored', ...totalOf(parts) };
    }
    if (!queue.has(id)) catalog.setRunning(id, 'queued');
    try {
      const { records, bytes } = await queue.run(
        id,
        (ended) => this.download(id, ended, onEvent),
        signal,
        lane,
      );
      return { status: 'downloaded', records, bytes };
    } finally {
      if (!queue.has(id) && catalog.stateOf(id, Date.now()).state === 'queued') catalog.setEnded(id);
    }
  }

  isStored(id: BatchId): boolean {
    return this.parts.catalog.stateOf(id, Date.now()).state === 'stored';
  }

  private async download(
    id: BatchId,
    signal: AbortSignal,
    onEvent?: OnEvent,
  ): Promise<StoredBatch | StoredPackage> {
    const { arrivals, catalog, log, source } = this.parts;
    const { root } = source.store;
    // After a change of source a job that is being ended says nothing of the new one.
    const isCurrent = (): boolean => root === source.store.root;
    log.info(`Downloading ${batchKey(id)}.`);
    catalog.setRunning(id, { received: 0, total: undefined });
    try {
      const stored = await this.runJob(id, signal, (event) => {
        if (!isCurrent()) return;
        switch (event.event) {
          case 'bytes':
            catalog.setRunning(id, event.progress);
            break;
          case 'readable':
            arrivals.grow(event.batch);
            break;
          case 'warning':
            log.warn(`${batchKey(id)}: ${event.sentence}`);
            break;
          case 'stored':
            catalog.setStored(event.batch);
        }
        onEvent?.(event);
      });
      arrivals.end(id);
      log.info(`Stored ${batchKey(id)}: ${String(stored.records)} records, ${String(stored.bytes)} bytes.`);
      if (isCurrent()) await this.afterDownload(id, stored);
      return stored;
    } catch (thrown) {
      const error = aboutBatch(toVtFeedsError(thrown), id);
      if (isCurrent()) catalog.setEnded(id, error);
      arrivals.end(id);
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
    const connection = await source.connection();
    const input = { connection, store: source.store, decoder: settings.decoder() };
    try {
      return await (isMinute(slot)
        ? threads.run('downloadMinute', { ...input, id: { feed, slot } }, { signal, onEvent })
        : threads.run('downloadHour', { ...input, id: { feed, slot } }, { signal, onEvent }));
    } catch (error) {
      source.heed(connection, toVtFeedsError(error));
      throw error;
    }
  }

  private async afterDownload(id: BatchId, stored: StoredBatch | StoredPackage): Promise<void> {
    const { catalog, keeper, log } = this.parts;
    if (!('missing' in stored)) catalog.setStored(stored);
    catalog.setEnded(id);
    catalog.setLicence(id.feed, 'licensed');
    if ('missing' in stored) await keeper.reload();
    // What is stored is stored, whether or not others could be deleted for it.
    await keeper.evict(batchKey(id)).catch((error: unknown) => {
      log.error('Keeping the store within its size', toVtFeedsError(error));
    });
  }
}

function missingInARow(feed: Feed, count: number): VtFeedsError {
  return new VtFeedsError(
    'missingInARow',
    `${feedInfo(feed).title}: ${String(count)} minutes in a row have no batch. One now and then is normal, several are not: ` +
      'try again later, or raise vtFeeds.missingBatchTolerance.',
  );
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
