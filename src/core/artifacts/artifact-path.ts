import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { artifactInfo } from '../feed/artifact.ts';
import type { ArtifactKind } from '../feed/artifact.ts';
import type { BatchId } from '../feed/batch-id.ts';

/**
 * Where an artifact is kept: `<root>/<feed>/<slot>/<name>`. Nothing of the feed's text gets into the name: a hash
 * that is one stands for itself, any other id is hashed.
 */
export function artifactPath(root: string, { feed, slot }: BatchId, id: string, kind: ArtifactKind): string {
  const sha256 = /^[0-9a-f]{64}(?=$|_)/u.exec(id)?.[0];
  const digest = createHash('sha256').update(id).digest('hex');
  const name = sha256 === undefined ? digest : sha256 === id ? sha256 : `${sha256}-${digest.slice(0, 8)}`;
  return join(root, feed, slot, name + artifactInfo(kind).extension);
}
