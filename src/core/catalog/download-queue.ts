import { cancelled } from '../common/errors.ts';
import { batchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';

/** Who wants a download: a person who clicked on it, or a range or a follow, which want many. */
export type Lane = 'person' | 'range';

/** A job's claim to run; who joins it may change the lane. */
interface Place {
  lane: Lane;
}

interface Job<T> {
  readonly controller: AbortController;
  readonly place: Place;
  readonly outcome: Promise<T>;
  waiting: number;
}

/**
 * Runs one job per batch, a few at a time. Whoever asks for a batch that is under way joins its job; the job is
 * cancelled when the last who waits for it lets go, or by {@link cancel}.
 *
 * What a person wants goes first, and need not wait for what ranges began: an hour's package may take minutes. So one
 * job of a person's runs at any time, beyond the limit where ranges have taken all places.
 */
export class DownloadQueue {
  private readonly jobs = new Map<string, Job<unknown>>();
  private readonly active = new Set<Place>();
  private readonly waiting = new Map<Place, () => void>();

  /** `limit` is asked at each start, so that a changed setting counts from the next job on. */
  constructor(private readonly limit: () => number) {}

  async run<T>(
    id: BatchId,
    start: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
    lane: Lane = 'person',
  ): Promise<T> {
    if (signal?.aborted === true) throw cancelled();
    const known = this.jobs.get(batchKey(id)) as Job<T> | undefined;
    // One that was cancelled may take a moment to end: nobody joins it, the next waits for its end.
    const isNew = known === undefined || known.controller.signal.aborted;
    const job = isNew ? this.add(id, start, lane, known) : known;
    job.waiting++;
    if (lane === 'person') job.place.lane = lane;
    this.letIn();
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        if (--job.waiting === 0) job.controller.abort();
        else reject(cancelled());
      };
    });
    signal?.addEventListener('abort', leave as () => void, { once: true });
    try {
      return await Promise.race([job.outcome, left]);
    } finally {
      signal?.removeEventListener('abort', leave as () => void);
    }
  }

  /** Ends the job of a batch for everyone who waits for it; false when there is none. */
  cancel(id: BatchId): boolean {
    const job = this.jobs.get(batchKey(id));
    job?.controller.abort();
    return job !== undefined;
  }

  has(id: BatchId): boolean {
    return this.jobs.has(batchKey(id));
  }

  /** Ends every job, and resolves when all have ended. */
  async cancelAll(): Promise<void> {
    const jobs = [...this.jobs.values()];
    for (const { controller } of jobs) controller.abort();
    await Promise.allSettled(jobs.map(({ outcome }) => outcome));
  }

  private add<T>(
    id: BatchId,
    start: (signal: AbortSignal) => Promise<T>,
    lane: Lane,
    before?: Job<unknown>,
  ): Job<T> {
    const controller = new AbortController();
    const place: Place = { lane };
    const outcome = this.take(place, controller.signal, start, before);
    const job: Job<T> = { controller, place, outcome, waiting: 0 };
    this.jobs.set(batchKey(id), job);
    const forget = (): void => {
      if (this.jobs.get(batchKey(id)) === job) this.jobs.delete(batchKey(id));
    };
    job.outcome.then(forget, forget);
    return job;
  }

  private async take<T>(
    place: Place,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
    before?: Job<unknown>,
  ): Promise<T> {
    await before?.outcome.catch(() => undefined);
    await this.turn(place, signal);
    try {
      return await start(signal);
    } finally {
      this.active.delete(place);
      this.letIn();
    }
  }

  /** Resolves when the job may start, and counts as one that runs; rejects when it is cancelled first. */
  private turn(place: Place, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.waiting.delete(place);
        reject(cancelled());
      };
      if (signal.aborted) {
        cancel();
        return;
      }
      this.waiting.set(place, () => {
        signal.removeEventListener('abort', cancel);
        resolve();
      });
      signal.addEventListener('abort', cancel, { once: true });
      this.letIn();
    });
  }

  /** Starts what may start, in the order it came, a person's jobs first. */
  private letIn(): void {
    const [persons, ranges] = (['person', 'range'] as const).map((lane) =>
      [...this.waiting].filter(([place]) => place.lane === lane),
    );
    for (const [place, begin] of [...(persons ?? []), ...(ranges ?? [])]) {
      if (!this.mayStart(place.lane)) continue;
      this.waiting.delete(place);
      this.active.add(place);
      begin();
    }
  }

  private mayStart(lane: Lane): boolean {
    if (this.active.size < this.limit()) return true;
    return lane === 'person' && ![...this.active].some((running) => running.lane === 'person');
  }
}
