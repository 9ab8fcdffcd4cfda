import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';

/** What a range asks of the store. Asking is cheap, and asks nobody, once {@link StoreView.ready} has resolved. */
export interface StoreView {
  ready(): Promise<void>;
  /** Size in bytes on disk; undefined where the store has no batch. */
  find(id: BatchId<Minute>): { readonly records: number; readonly bytes: number } | undefined;
  /** Whether it is known that no batch was generated. */
  isMissing(id: BatchId<Minute>): boolean;
}
