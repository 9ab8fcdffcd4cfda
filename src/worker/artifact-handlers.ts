import { artifactPath } from '../core/artifacts/artifact-path.ts';
import { loadReport } from '../core/artifacts/load-report.ts';
import { downloadArtifact } from '../core/download/artifact-downloader.ts';
import { BatchStore } from '../core/store/batch-store.ts';
import type { ArtifactMethod } from './protocol.ts';
import type { Handlers } from './serve.ts';
import { withClient } from './with-client.ts';

/** Wires the methods of artifacts to the core. */
export const artifactHandlers: Pick<Handlers, ArtifactMethod> = {
  downloadArtifact: ({ connection, store, artifacts, batch, id, kind }, context) =>
    withClient(connection, (client) => {
      const path = artifactPath(artifacts, batch, id, kind);
      return downloadArtifact({
        client,
        store: new BatchStore(store.root, store.owner),
        batch,
        id,
        kind,
        path,
        ...context,
      });
    }),
  loadReport: ({ path }) => loadReport(path),
};
