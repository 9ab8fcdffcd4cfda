import type { OnEvent } from '../download/progress.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Clock } from './clock.ts';
import type { StoreView } from './store-view.ts';

/** Brings a batch into the store, or finds that it is there. Fails with a `VtFeedsError`. */
type FetchBatch = (
  id: BatchId,
  options: { readonly signal: AbortSignal; readonly onEvent: OnEvent },
) => Promise<unknown>;

/** What a range needs of the world. The limits are asked each time, so that a changed setting counts at once. */
export interface RangePorts {
  readonly clock: Clock;
  readonly fetch: FetchBatch;
  readonly store: StoreView;
  /** Downloads at a time. */
  readonly concurrency: () => number;
  /** Missing minutes in a row that are passed over without a question. */
  readonly tolerance: () => number;
  /** Bytes that may be added to the store before ranges would displace their own minutes. */
  readonly room: () => number;
}
