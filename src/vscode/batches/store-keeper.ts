import type { Catalog } from '../../core/catalog/catalog.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import { Repeated } from '../../core/common/repeated.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import type { ListedDay } from '../../core/store/stored-day.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { Log } from '../platform/log.ts';

export interface StoreKeeperParts {
  readonly catalog: Catalog;
  readonly log: Pick<Log, 'info'>;
  /** Most the store may hold, bytes. */
  readonly maxStoreBytes: () => number;
  /** Keys of the batches that a document shows; they are never evicted. */
  readonly openBatches: () => readonly string[];
  readonly queue: Pick<DownloadQueue, 'cancelAll'>;
  readonly source: Pick<FeedSource, 'store' | 'artifactRoot'>;
  readonly threads: Pick<WorkerThreads, 'read'>;
}

/** Downloads may go on all the time: a day that changes while it is read is not chased for ever. */
const MAX_READINGS = 5;

/** Days read at a time: the window's own thread takes as many over in a millisecond or two (measured). */
const DAYS_AT_A_TIME = 8;

/** Lists, clears and tidies the store of the current source, and keeps the catalog true to it. */
export class StoreKeeper {
  /** The listing that was asked for last: until it is there nobody knows what is in the store. */
  private listed: Promise<void> | undefined;
  /** Keys of batches stored since the last eviction. */
  private readonly latest = new Set<string>();
  private readonly listings = new Repeated(() => this.list());
  private readonly evictions = new Repeated(() => this.shrink());

  constructor(private readonly parts: StoreKeeperParts) {}

  /** Reads what the store holds, unless that was done. */
  ensureListed(): Promise<void> {
    return this.listed ?? this.reload();
  }

  /** Looks what has changed in the store, as after another window's work; only that is read. */
  reload(): Promise<void> {
    const listing = this.listings.run();
    this.listed = listing.catch(() => undefined);
    return listing;
  }

  async delete(id: BatchId): Promise<void> {
    await this.parts.threads.read('deleteBatch', { store: this.parts.source.store, id });
    await this.reload();
  }

  /** Deletes every batch and every artifact of the current source. */
  async clear(): Promise<void> {
    await this.parts.queue.cancelAll();
    const { source, threads } = this.parts;
    await threads.read('clearStore', { store: source.store });
    await threads.read('deleteArtifacts', { root: source.artifactRoot() });
    await this.reload();
  }

  /** Removes what earlier windows left half-written. */
  async sweep(): Promise<void> {
    const { threads, source } = this.parts;
    const roots = [this.parts.source.store.root, source.artifactRoot()];
    const counts = await Promise.all(roots.map((root) => threads.read('sweep', { store: { root } })));
    const swept = counts.reduce((sum, count) => sum + count, 0);
    if (swept > 0) this.parts.log.info(`Removed ${String(swept)} unfinished files of earlier downloads.`);
  }

  /** Keeps the store within its size. Neither the batch just stored, `latest`, goes, nor one that a document shows. */
  evict(latest: string): Promise<void> {
    this.latest.add(latest);
    return this.evictions.run();
  }

  private async shrink(): Promise<void> {
    const latest = [...this.latest];
    this.latest.clear();
    // What other windows have stored counts as well.
    await this.reload();
    const { catalog, log, openBatches, source, threads } = this.parts;
    const maxBytes = this.parts.maxStoreBytes();
    if (catalog.totals().bytes <= maxBytes) return;
    const keep = [...latest, ...openBatches()];
    const evicted = await threads.read('evict', { store: source.store, maxBytes, keep });
    if (evicted.length === 0) return;
    log.info(
      `The store was over its limit: ${String(evicted.length)} batches not used for long were deleted.`,
    );
    await this.reload();
  }

  /** Brings the catalog up to date, newest days first. After a change of source it begins anew. */
  private async list(): Promise<void> {
    const { catalog, source, threads } = this.parts;
    const { store } = source;
    const since = catalog.revision;
    const listed = await threads.read('listDays', { store });
    if (store.root !== source.store.root) return this.list();
    let unread: readonly ListedDay[] = catalog.takeListing(listed, since);
    for (let readings = 0; readings < MAX_READINGS && unread.length > 0; readings++) {
      const overtaken: ListedDay[] = [];
      for (let from = 0; from < unread.length; from += DAYS_AT_A_TIME) {
        const begun = catalog.revision;
        const days = unread.slice(from, from + DAYS_AT_A_TIME).map(({ feed, day }) => ({ feed, day }));
        const read = await threads.read('readDays', { store, days });
        if (store.root !== source.store.root) return this.list();
        overtaken.push(...catalog.takeDays(read, begun));
      }
      unread = overtaken;
    }
  }
}
