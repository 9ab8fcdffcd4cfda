import { Throttle } from '../../core/common/throttle.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { hourOf, isMinute } from '../../core/feed/slot.ts';
import type { Hour } from '../../core/feed/slot.ts';

/** An hour's document is made anew at most this often while its minutes come one by one. */
const HOUR_EVERY_MS = 5000;

/**
 * Lets documents learn of batches that came or went: a minute's at once, an hour's now and then, for it has to be read
 * as a whole. While the hour's own package comes its document waits for the end.
 */
export class DocumentRefresh {
  private readonly hours = new Map<string, BatchId<Hour>>();
  private readonly rounds: Throttle;

  /** `refresh` makes the documents of a batch anew, or all; `isComing`: whether an hour's package is being downloaded. */
  constructor(
    private readonly refresh: (batch?: BatchId) => void,
    private readonly isComing: (hour: BatchId<Hour>) => boolean,
    everyMs = HOUR_EVERY_MS,
  ) {
    this.rounds = new Throttle(() => {
      this.refreshHours();
    }, everyMs);
  }

  /** Without a batch, anything may have changed. */
  change(batch?: BatchId): void {
    this.refresh(batch);
    if (batch === undefined) this.hours.clear();
    else if (!isMinute(batch.slot)) this.hours.delete(batchKey(batch));
    else {
      const hour = { feed: batch.feed, slot: hourOf(batch.slot) };
      this.hours.set(batchKey(hour), hour);
      this.rounds.ask();
    }
  }

  dispose(): void {
    this.rounds.dispose();
  }

  private refreshHours(): void {
    for (const [key, hour] of this.hours) {
      if (this.isComing(hour)) continue;
      this.hours.delete(key);
      this.refresh(hour);
    }
    if (this.hours.size > 0) this.rounds.ask();
  }
}
