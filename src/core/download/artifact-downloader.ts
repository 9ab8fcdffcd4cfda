import { pipeline } from 'node:stream';
import type { FeedClient } from '../api/feed-client.ts';
import { saveArtifact } from '../artifacts/artifact-saver.ts';
import type { SavedArtifact } from '../artifacts/artifact-saver.ts';
import { VtFeedsError } from '../common/errors.ts';
import { artifactInfo } from '../feed/artifact.ts';
import type { ArtifactKind } from '../feed/artifact.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { parseJson } from '../feed/json.ts';
import { artifactLinkOf } from '../feed/record-facts.ts';
import type { Minute } from '../feed/slot.ts';
import { findRecord } from '../reading/find-record.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { counting } from './progress.ts';
import type { OnEvent } from './progress.ts';

export interface ArtifactRequest {
  readonly client: FeedClient;
  readonly store: BatchStore;
  readonly batch: BatchId<Minute>;
  /** The record's id. */
  readonly id: string;
  readonly kind: ArtifactKind;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly onEvent: OnEvent;
}

/** Fetches an artifact by the link in its stored record. Links that have ended are not asked for. */
export async function downloadArtifact(request: ArtifactRequest): Promise<SavedArtifact> {
  const { client, store, batch, id, kind, path, signal, onEvent } = request;
  const { title } = artifactInfo(kind);
  const record = parseJson((await findRecord(store, batch, id)).line);
  const link = record === undefined ? undefined : artifactLinkOf(record, kind);
  if (link === undefined) throw new VtFeedsError('notFound', `This record has no ${title}.`);
  if (link.expiresAt !== undefined && link.expiresAt <= Date.now()) {
    throw new VtFeedsError('linkExpired', `The link to this ${title} has ended: links live for 7 days.`);
  }
  const sha256 = kind === 'sample' ? sha256Of(id) : undefined;
  const { stream, length } = await client.openArtifact(batch.feed, link, signal);
  const counted = pipeline(stream, counting(length, onEvent), () => undefined);
  return saveArtifact(counted, path, signal, sha256, store.owner);
}

/** A sample is checked against its record's id and named after it: only a SHA-256 will do. */
function sha256Of(id: string): string {
  if (/^[0-9a-f]{64}$/u.test(id)) return id;
  throw new VtFeedsError(
    'notFound',
    'This record names no SHA-256, so its sample cannot be checked. It was not fetched.',
  );
}
