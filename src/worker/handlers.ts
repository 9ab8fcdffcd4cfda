import { ApiGate } from '../core/api/api-gate.ts';
import { ApiPause } from '../core/api/api-pause.ts';
import { systemClock } from '../core/api/clock.ts';
import { FeedClient } from '../core/api/feed-client.ts';
import { probeFeeds } from '../core/api/probe-feeds.ts';
import { HttpTransport } from '../core/api/network/http-transport.ts';
import { mapLimited } from '../core/common/map-limited.ts';
import { artifactPath } from '../core/artifacts/artifact-path.ts';
import { deleteArtifacts } from '../core/artifacts/delete-artifacts.ts';
import { loadReport } from '../core/artifacts/load-report.ts';
import { downloadArtifact } from '../core/download/artifact-downloader.ts';
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
import { startSampleServer } from '../sample/sample-server.ts';
import { withUnpacker } from './choose-unpacker.ts';
import type { Connection, DownloadInput, StorePlace } from './protocol.ts';
import type { CallContext, Handlers } from './serve.ts';

/** Wires each method to the core. `folder`: where the decoder's files lie; `readers`: what this thread has open to read. */
export const createHandlers = (folder: string, readers: ReaderCache): Handlers => ({
  probe: ({ connection, feeds }, { signal }) =>
    withClient(connection, (client) => probeFeeds(client, feeds, signal)),
  downloadMinute: ({ id, ...job }, context) =>
    withDownloader(folder, job, context, (downloader) =>
      downloader.downloadMinute(id, context.signal, context.onEvent),
    ),
  downloadHour: ({ id, ...job }, context) =>
    withDownloader(folder, job, context, (downloader) =>
      downloader.downloadHour(id, context.signal, context.onEvent),
    ),
  downloadArtifact: ({ connection, store, artifacts, batch, id, kind }, context) =>
    withClient(connection, (client) => {
      const path = artifactPath(artifacts, batch, id, kind);
      return downloadArtifact({ client, store: storeAt(store), batch, id, kind, path, ...context });
    }),
  listDays: ({ store }) => listDays(store.root),
  readDays: ({ store, days }) => mapLimited(days, 1, (day) => readDay(store.root, day)),
  loadDocument: async ({ store, address, ...options }) =>
    packDocument(await loadDocument(storeAt(store, readers), address, options), address),
  findRecord: ({ store, batch, id }) => findRecord(storeAt(store, readers), batch, id),
  listRecords: async ({ store, batch }) => (await storeAt(store, readers).open(batch)).readFacts(),
  loadReport: ({ path }) => loadReport(path),
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
  startSample: async (options) => {
    const { origin, key } = await startSampleServer(options);
    return { origin, key };
  },
});

function storeAt({ root, owner }: StorePlace, readers = new ReaderCache()): BatchStore {
  return new BatchStore(root, owner, { readers });
}

/** Lends out a client and closes its connections afterwards, those in use as well. */
async function withClient<T>(
  { access, network, notBefore }: Connection,
  use: (client: FeedClient) => Promise<T>,
): Promise<T> {
  const transport = new HttpTransport(network);
  try {
    const pause = new ApiPause(systemClock, notBefore);
    return await use(new FeedClient(new ApiGate(access, transport, pause)));
  } finally {
    await transport.close();
  }
}

/** Lends out a downloader with all it needs. */
function withDownloader<T>(
  folder: string,
  { connection, store, decoder }: DownloadInput,
  { signal, onEvent }: CallContext,
  use: (downloader: BatchDownloader) => Promise<T>,
): Promise<T> {
  const warn = (sentence: string): void => {
    onEvent({ event: 'warning', sentence });
  };
  return withUnpacker({ folder, choice: decoder, signal, warn }, (unpacker) =>
    withClient(connection, (client) => use(new BatchDownloader(client, storeAt(store), unpacker))),
  );
}
