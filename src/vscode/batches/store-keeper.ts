import type { Catalog } from '../../core/catalog/catalog.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { Log } from '../platform/log.ts';
import { settings } from '../platform/settings.ts';

export interface StoreKeeperParts {
  readonly catalog: Catalog;
  readonly log: Log;
  /** Keys of the batches that a document shows; they are never evicted. */
  readonly openBatches: () => readonly string[];
  readonly queue: DownloadQueue;
  readonly source: FeedSource;
  readonly threads: WorkerThreads;
}

/** Downloads may go on all the time: a listing is not chased for ever. */
const MAX_LISTINGS = 5;

/** Lists, clears and tidies the store of the current source, and keeps the catalog true to it. */
export class StoreKeeper {
  /** The listing that was begun last: until it is there nobody knows what is in the store. */
  private listed: Promise<void> | undefined;

  constructor(private readonly parts: StoreKeeperParts) {}

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
    await this.parts.threads.read('deleteBatch', { store: this.parts.source.store, id });
    await this.reload();
  }

  /** Deletes every batch and every artifact of the current source. */
  async clear(): Promise<void> {
    await this.parts.queue.cancelAll();
    for (const root of [this.parts.source.store.root, this.parts.source.artifactRoot()]) {
      await this.parts.threads.read('clearStore', { store: { root } });
    }
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
  async evict(latest: string): Promise<void> {
    const keep = [latest, ...this.parts.openBatches()];
    const { threads, log } = this.parts;
    const evicted = await threads.read('evict', {
      store: this.parts.source.store,
      maxBytes: settings.maxStoreBytes(),
      keep,
    });
    if (evicted.length === 0) return;
    log.info(
      `The store was over its limit: ${String(evicted.length)} batches not used for long were deleted.`,
    );
    await this.reload();
  }

  /** A listing that was overtaken, by a download or by another source, is made anew. */
  private async readListing(): Promise<void> {
    const { catalog, threads } = this.parts;
    for (let tries = 0; tries < MAX_LISTINGS; tries++) {
      const { store } = this.parts.source;
      const { revision } = catalog;
      const listing = await threads.read('listStore', { store });
      if (store.root !== this.parts.source.store.root) return this.listed;
      if (revision !== catalog.revision) continue;
      catalog.replaceListing(listing);
      return;
    }
  }
}
