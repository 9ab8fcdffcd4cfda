import { Emitter } from '../common/emitter.ts';
import { batchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';

/** What shows a batch is made anew at most this often while the batch comes. */
const TOLD_EVERY_MS = 1000;

/**
 * The batches under way whose first records can be read already. The change event names a batch when it becomes
 * readable, now and then while more of it comes, and when its download has ended, whether or not it was stored.
 */
export class Arrivals {
  /** When a batch was told of last, by its key. */
  private readonly told = new Map<string, number>();
  private readonly changes = new Emitter<BatchId>();

  readonly onDidChange = this.changes.event;

  /** `now` counts milliseconds from anywhere. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  has(id: BatchId): boolean {
    return this.told.has(batchKey(id));
  }

  /** More of a batch can be read. */
  grow(id: BatchId): void {
    const now = this.now();
    const before = this.told.get(batchKey(id));
    if (before !== undefined && now - before < TOLD_EVERY_MS) return;
    this.told.set(batchKey(id), now);
    this.changes.emit(id);
  }

  /** Nothing more comes. */
  end(id: BatchId): void {
    if (this.told.delete(batchKey(id))) this.changes.emit(id);
  }
}
