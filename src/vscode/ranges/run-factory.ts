import type { Catalog } from '../../core/catalog/catalog.ts';
import { cancelled } from '../../core/common/errors.ts';
import type { Clock } from '../../core/range/clock.ts';
import { FollowRun } from '../../core/range/follow-run.ts';
import type { RangePorts } from '../../core/range/range-ports.ts';
import { RangeRun } from '../../core/range/range-run.ts';
import type { StoreView } from '../../core/range/store-view.ts';
import type { TaskRecord } from '../../core/range/task-record.ts';
import type { TaskRun } from '../../core/range/task-run.ts';
import type { BatchService } from '../batches/batch-service.ts';
import type { StoreKeeper } from '../batches/store-keeper.ts';
import type { FeedSource } from '../platform/feed-source.ts';

/** The user's settings, as far as they bound ranges. */
interface RangeLimits {
  /** Downloads at a time. */
  readonly concurrency: () => number;
  readonly missingBatchTolerance: () => number;
}

export interface RunFactoryParts {
  readonly batches: Pick<BatchService, 'ensureStored'>;
  readonly catalog: Pick<Catalog, 'storedBatch' | 'isMissing'>;
  readonly clock: Clock;
  readonly keeper: Pick<StoreKeeper, 'ensureListed'>;
  readonly limits: RangeLimits;
  readonly source: Pick<FeedSource, 'current'>;
}

/** Makes ranges and follows run on this window's downloads and catalog. What it made belongs to the source of that moment. */
export class RunFactory {
  readonly store: StoreView;
  private readonly ports: Omit<RangePorts, 'room'>;

  constructor({ batches, catalog, clock, keeper, limits, source }: RunFactoryParts) {
    const owner = source.current;
    this.store = {
      ready: () => keeper.ensureListed(),
      find: (id) => catalog.storedBatch(id),
      isMissing: (id) => catalog.isMissing(id),
    };
    this.ports = {
      clock,
      store: this.store,
      concurrency: limits.concurrency,
      tolerance: limits.missingBatchTolerance,
      fetch: async (id, options) => {
        if (source.current !== owner) throw cancelled();
        return batches.ensureStored(id, { ...options, lane: 'range' });
      },
    };
  }

  /** `room`: bytes that ranges may still bring. */
  make(record: TaskRecord, room: () => number): TaskRun {
    return record.kind === 'range'
      ? new RangeRun(record, { ...this.ports, room })
      : new FollowRun(record, { ...this.ports, random: Math.random });
  }
}
