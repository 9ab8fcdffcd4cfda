import { stat } from 'node:fs/promises';
import { artifactPath } from '../../core/artifacts/artifact-path.ts';
import type { SavedArtifact } from '../../core/artifacts/artifact-saver.ts';
import type { OnEvent } from '../../core/download/progress.ts';
import type { ArtifactKind } from '../../core/feed/artifact.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import type { Minute } from '../../core/feed/slot.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { Log } from '../platform/log.ts';

/** Names one artifact of one record. */
export interface ArtifactId {
  readonly batch: BatchId<Minute>;
  /** The record's id. */
  readonly id: string;
  readonly kind: ArtifactKind;
}

/** Fetches artifacts to the extension's own storage, outside of any workspace; what is there is not fetched twice. */
export class ArtifactService {
  private readonly running = new Map<string, Promise<SavedArtifact>>();

  constructor(
    private readonly threads: WorkerThreads,
    private readonly source: FeedSource,
    private readonly log: Log,
  ) {}

  /** The artifact on disk, if it was fetched before. */
  async find({ batch, id, kind }: ArtifactId): Promise<SavedArtifact | undefined> {
    const path = artifactPath(this.source.artifactRoot(), batch, id, kind);
    const found = await stat(path).catch(() => undefined);
    return found === undefined ? undefined : { path, bytes: found.size };
  }

  /** Who asks for an artifact that is on its way waits for it. */
  async fetch(artifact: ArtifactId, signal: AbortSignal, onEvent: OnEvent): Promise<SavedArtifact> {
    const { batch, id, kind } = artifact;
    const path = artifactPath(this.source.artifactRoot(), batch, id, kind);
    const running = this.running.get(path) ?? this.start(artifact, signal, onEvent);
    this.running.set(path, running);
    try {
      return await running;
    } finally {
      this.running.delete(path);
    }
  }

  private async start(
    { batch, id, kind }: ArtifactId,
    signal: AbortSignal,
    onEvent: OnEvent,
  ): Promise<SavedArtifact> {
    const connection = await this.source.connection();
    const { store } = this.source;
    const artifacts = this.source.artifactRoot();
    const input = { connection, store, artifacts, batch, id, kind };
    const saved = await this.threads.run('downloadArtifact', input, { signal, onEvent });
    this.log.info(
      `Fetched ${kind} of a ${batch.feed} record of ${batch.slot}: ${String(saved.bytes)} bytes.`,
    );
    return saved;
  }
}
