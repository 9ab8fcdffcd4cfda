import { VtFeedsError, cancelled } from '../../src/core/common/errors.ts';
import type { OnEvent } from '../../src/core/download/progress.ts';
import { batchKey } from '../../src/core/feed/batch-id.ts';
import type { BatchId } from '../../src/core/feed/batch-id.ts';
import { isMinute, minutesOf } from '../../src/core/feed/slot.ts';
import type { Minute } from '../../src/core/feed/slot.ts';
import type { RangePorts } from '../../src/core/range/range-ports.ts';
import type { FakeClock } from './fake-clock.ts';

/** Records and bytes on disk of every minute there is. */
const MINUTE_SIZE = { records: 10, bytes: 1000 };

/** How the service answers for a slot: with a batch, or with an error. */
export type Answer = 'batch' | VtFeedsError;

/** A service and a store that a range works with; what was asked is kept. */
export class RangeWorld {
  readonly asked: string[] = [];
  stored = new Set<string>();
  missing = new Set<string>();
  /** How long every slot takes to come, milliseconds. */
  duration = 1000;
  /** Most downloads that were under way at one time. */
  mostAtOnce = 0;
  limits = { concurrency: 2, tolerance: 1, room: Number.POSITIVE_INFINITY };
  underWay = 0;
  readonly ports: RangePorts;

  constructor(
    readonly clock: FakeClock,
    /** The answer for a slot; its batch, unless it is said. */
    public answer: (id: BatchId) => Answer = () => 'batch',
  ) {
    this.ports = {
      clock,
      concurrency: () => this.limits.concurrency,
      tolerance: () => this.limits.tolerance,
      room: () => this.limits.room,
      store: {
        ready: () => Promise.resolve(),
        find: (id) => (this.stored.has(batchKey(id)) ? MINUTE_SIZE : undefined),
        isMissing: (id) => this.missing.has(batchKey(id)),
      },
      fetch: (id, { signal, onEvent }) => this.fetch(id, signal, onEvent),
    };
  }

  store(...ids: readonly BatchId[]): void {
    for (const id of ids) this.stored.add(batchKey(id));
  }

  private async fetch(id: BatchId, signal: AbortSignal, onEvent: OnEvent): Promise<void> {
    this.asked.push(id.slot);
    this.underWay++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
    try {
      await this.transfer(signal);
      const answer = this.answer(id);
      if (answer !== 'batch') {
        if (answer.code === 'missingBatch' && isMinute(id.slot)) this.missing.add(batchKey(id));
        throw answer;
      }
      onEvent({ event: 'bytes', progress: { received: 500, total: 500 } });
      for (const slot of isMinute(id.slot) ? [id.slot] : minutesOf(id.slot))
        this.bring({ ...id, slot }, onEvent);
    } finally {
      this.underWay--;
    }
  }

  /** A minute of a package is in it when it would be there by itself. */
  private bring(id: BatchId<Minute>, onEvent: OnEvent): void {
    if (this.answer(id) === 'batch') {
      this.store(id);
      onEvent({ event: 'stored', batch: { ...id, ...MINUTE_SIZE } });
    } else {
      this.missing.add(batchKey(id));
    }
  }

  private transfer(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.clock.after(this.duration, resolve);
      signal.addEventListener('abort', () => {
        stop();
        reject(cancelled());
      });
    });
  }
}

export function failure(code: VtFeedsError['code'], facts = {}): VtFeedsError {
  return new VtFeedsError(code, `It is ${code}.`, facts);
}
