import { isFeed } from './feed.ts';
import type { Feed } from './feed.ts';
import { parseSlot } from './slot.ts';
import type { Slot } from './slot.ts';

/** Names one batch: a feed and a slot of it. */
export interface BatchId<S extends Slot = Slot> {
  readonly feed: Feed;
  readonly slot: S;
}

/** One text for one batch, for maps: `files/202611221003`. */
export function batchKey({ feed, slot }: BatchId): string {
  return `${feed}/${slot}`;
}

export function parseBatchKey(key: string): BatchId | undefined {
  const [feed, time = ''] = key.split('/');
  const slot = parseSlot(time);
  return isFeed(feed) && slot !== undefined ? { feed, slot } : undefined;
}
