import { isArtifactKind } from '../../core/feed/artifact.ts';
import type { ArtifactKind } from '../../core/feed/artifact.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { parseBatchKey } from '../../core/feed/batch-id.ts';

/** What the storage holds. */
export type ObjectId =
  | { readonly kind: 'batch'; readonly batch: BatchId }
  | { readonly kind: ArtifactKind; readonly token: string };

const BUCKET = '/vt-feeds-samples';

/** The object's path on the storage origin. */
export function objectPath(id: ObjectId): string {
  if (id.kind !== 'batch') return `${BUCKET}/${id.kind}/${id.token}`;
  const ending = id.batch.slot.length === 12 ? 'bz2' : 'tar.bz2';
  return `${BUCKET}/${id.batch.feed}/${id.batch.slot}.${ending}`;
}

/** Reads what {@link objectPath} writes. */
export function parseObjectPath(path: string): ObjectId | undefined {
  if (!path.startsWith(`${BUCKET}/`)) return undefined;
  const [room = '', name = ''] = path.slice(BUCKET.length + 1).split('/');
  if (isArtifactKind(room)) return { kind: room, token: name };
  const batch = parseBatchKey(`${room}/${name.replace(/(?:\.tar)?\.bz2$/u, '')}`);
  return batch === undefined ? undefined : { kind: 'batch', batch };
}
