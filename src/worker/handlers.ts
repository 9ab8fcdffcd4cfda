import { ApiGate } from '../core/api/api-gate.ts';
import { FeedClient } from '../core/api/feed-client.ts';
import { probeFeeds } from '../core/api/probe-feeds.ts';
import { UndiciTransport } from '../core/api/undici-transport.ts';
import { artifactPath } from '../core/artifacts/artifact-path.ts';
import { loadReport } from '../core/artifacts/load-report.ts';
import { downloadArtifact } from '../core/download/artifact-downloader.ts';
import { BatchDownloader } from '../core/download/batch-downloader.ts';
import { deleteBatch } from '../core/reading/delete-batch.ts';
import { exportBatch } from '../core/reading/export-batch.ts';
import { findRecord } from '../core/reading/find-record.ts';
import { openBatch } from '../core/reading/open-batch.ts';
import { loadDocument } from '../core/reading/load-document.ts';
import { BatchStore } from '../core/store/batch-store.ts';
import { startSampleServer } from '../sample/sample-server.ts';
import type { Connection, StorePlace } from './protocol.ts';
import type { Handlers } from './serve.ts';

/** Wires each method to the core. */
export const handlers: Handlers = {
  probe: ({ connection, feeds }, { signal }) =>
    withClient(connection, (client) => probeFeeds(client, feeds, signal)),
  downloadMinute: ({ connection, store, id }, { signal, onEvent }) =>
    withClient(connection, (client) =>
      new BatchDownloader(client, storeAt(store)).downloadMinute(id, signal, onEvent),
    ),
  downloadHour: ({ connection, store, id }, { signal, onEvent }) =>
    withClient(connection, (client) =>
      new BatchDownloader(client, storeAt(store)).downloadHour(id, signal, onEvent),
    ),
  downloadArtifact: ({ connection, store, artifacts, batch, id, kind }, context) =>
    withClient(connection, (client) => {
      const path = artifactPath(artifacts, batch, id, kind);
      return downloadArtifact({ client, store: storeAt(store), batch, id, kind, path, ...context });
    }),
  listStore: ({ store }) => storeAt(store).list(),
  loadDocument: ({ store, address }) => loadDocument(storeAt(store), address),
  findRecord: ({ store, batch, id }) => findRecord(storeAt(store), batch, id),
  listRecords: async ({ store, batch }) =>
    (await openBatch(storeAt(store), batch)).index.records.map(({ facts }) => facts),
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
  evict: ({ store, maxBytes, keep }) => storeAt(store).evict(maxBytes, new Set(keep)),
  sweep: ({ store, ended }) => storeAt(store).sweep(ended),
  startSample: async (options) => {
    const { origin, key } = await startSampleServer(options);
    return { origin, key };
  },
};

function storeAt({ root, owner }: StorePlace): BatchStore {
  return new BatchStore(root, owner);
}

/** Lends out a client and closes its connections afterwards, those in use as well. */
async function withClient<T>(
  { access, network }: Connection,
  use: (client: FeedClient) => Promise<T>,
): Promise<T> {
  const transport = new UndiciTransport(network);
  try {
    return await use(
      new FeedClient(new ApiGate(access, transport, transport.proxied), Date.now, transport.proxied),
    );
  } finally {
    await transport.close();
  }
}
