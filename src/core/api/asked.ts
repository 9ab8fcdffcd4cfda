import type { ArtifactKind } from '../feed/artifact.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';

/** What was asked for, so that a refusal can name it. */
export type Asked =
  | { readonly what: 'batch'; readonly id: BatchId }
  | { readonly what: 'artifact'; readonly feed: Feed; readonly kind: ArtifactKind };
