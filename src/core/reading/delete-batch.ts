import type { BatchId } from '../feed/batch-id.ts';
import { hourOf, isMinute, minutesOf } from '../feed/slot.ts';
import type { BatchStore } from '../store/batch-store.ts';

/** Takes a minute, or an hour with all its minutes, out of the store. An hour that lost a minute is no longer whole. */
export async function deleteBatch(store: BatchStore, { feed, slot }: BatchId): Promise<void> {
  await store.deletePackage(feed, hourOf(slot));
  for (const minute of isMinute(slot) ? [slot] : minutesOf(slot)) await store.delete({ feed, slot: minute });
}
