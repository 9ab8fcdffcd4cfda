import { probeFeeds } from '../core/api/probe-feeds.ts';
import { mapLimited } from '../core/common/map-limited.ts';
import { deleteArtifacts } from '../core/artifacts/delete-artifacts.ts';
import { BatchDownloader } from '../core/download/batch-downloader.ts';
import { deleteBatch } from '../core/reading/delete-batch.ts';
import { exportBatch } from '../core/reading/export-batch.ts';
import { findRecord } from '../core/reading/find-record.ts';
import { loadDocument } from '../core/reading/load-document.ts';
import { packDocument } from '../core/reading/packed-document.ts';
import { BatchStore } from '../core/store/batch-store.ts';
import { listDays } from '../core/store/list-days.ts';
import { readDay } from '../core/store/read-day.ts';
import { ReaderCache } from '../core/store/reader-cache.ts';
import { withUnpacker } from './choose-unpacker.ts';
import type { CrewKeeper } from './crew-keeper.ts';
import type { ArtifactMethod, DownloadInput, SampleMethod, StorePlace } from './protocol.ts';
import type { CallContext, Handlers } from './serve.ts';
import { withClient } from './with-client.ts';

/**
 * Wires the methods of batches to the core. `crews`: the decoder threads that this one has; `readers`: what it has
 * open to read.
 */
export const batchHandlers = (
  crews: CrewKeeper,
  readers: ReaderCache,
): Omit<Handlers, ArtifactMethod | SampleMethod> => ({
  probe: ({ connection, feeds }, { signal }) =>
    withClient(connection, (client) => probeFeeds(client, feeds, signal)),
  downloadMinute: ({ id, ...job }, context) =>
    withDownloader(crews, job, context, (downloader) =>
      downloader.downloadMinute(id, context.signal, context.onEvent),
    ),
  downloadHour: ({ id, ...job }, context) =>
    withDownloader(crews, job, context, (downloader) =>
      downloader.downloadHour(id, context.signal, context.onEvent),
    ),
  listDays: ({ store }) => listDays(store.root),
  readDays: ({ store, days }) => mapLimited(days, 1, (day) => readDay(store.root, day)),
  loadDocument: async ({ store, address, ...options }) =>
    packDocument(await loadDocument(storeAt(store, readers), address, options), address),
  findRecord: ({ store, batch, id }) => findRecord(storeAt(store, readers), batch, id),
  listRecords: async ({ store, batch }) => (await storeAt(store, readers).open(batch)).readFacts(),
  exportBatch: ({ store, batch, target }, { signal }) => exportBatch(storeAt(store), batch, target, signal),
  deleteBatch: async ({ store, id }) => {
    await deleteBatch(storeAt(store), id);
    return null;
  },
  clearStore: async ({ store }) => {
    await storeAt(store).clear();
    return null;
  },
  deleteArtifacts: async ({ root }) => {
    await deleteArtifacts(root);
    return null;
  },
  evict: ({ store, maxBytes, keep }) => storeAt(store).evict(maxBytes, new Set(keep)),
  sweep: ({ store, ended }) => storeAt(store).sweep(ended),
});

function storeAt({ root, owner }: StorePlace, readers = new ReaderCache()): BatchStore {
  return new BatchStore(root, owner, { readers });
}

/** Lends out a downloader with all it needs. */
function withDownloader<T>(
  crews: CrewKeeper,
  { connection, store, decoder }: DownloadInput,
  { signal, onEvent }: CallContext,
  use: (downloader: BatchDownloader) => Promise<T>,
): Promise<T> {
  const warn = (sentence: string): void => {
    onEvent({ event: 'warning', sentence });
  };
  return withUnpacker({ crews, choice: decoder, signal, warn }, (unpacker) =>
    withClient(connection, (client) => use(new BatchDownloader(client, storeAt(store), unpacker))),
  );
}
