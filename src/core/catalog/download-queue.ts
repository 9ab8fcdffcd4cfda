import { cancelled } from '../common/errors.ts';
import { batchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';

interface Job<T> {
  readonly controller: AbortController;
  readonly outcome: Promise<T>;
  waiting: number;
}

/**
 * Runs one job per batch, a few at a time. Whoever asks for a batch that is under way joins its job; the job is
 * cancelled when the last who waits for it lets go, or by {@link cancel}.
 */
export class DownloadQueue {
  private readonly jobs = new Map<string, Job<unknown>>();
  private readonly waiting: (() => void)[] = [];
  private active = 0;

  /** `limit` is asked at each start, so that a changed setting counts from the next job on. */
  constructor(private readonly limit: () => number) {}

  async run<T>(id: BatchId, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) throw cancelled();
    const known = this.jobs.get(batchKey(id)) as Job<T> | undefined;
    // One that was cancelled may take a moment to end: nobody joins it, the next waits for its end.
    const job = known === undefined || known.controller.signal.aborted ? this.add(id, start, known) : known;
    job.waiting++;
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

  private add<T>(id: BatchId, start: (signal: AbortSignal) => Promise<T>, before?: Job<unknown>): Job<T> {
    const controller = new AbortController();
    const job: Job<T> = { controller, outcome: this.take(controller.signal, start, before), waiting: 0 };
    this.jobs.set(batchKey(id), job);
    const forget = (): void => {
      if (this.jobs.get(batchKey(id)) === job) this.jobs.delete(batchKey(id));
    };
    job.outcome.then(forget, forget);
    return job;
  }

  private async take<T>(
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
    before?: Job<unknown>,
  ): Promise<T> {
    await before?.outcome.catch(() => undefined);
    while (this.active >= this.limit()) await this.turn(signal);
    this.active++;
    try {
      return await start(signal);
    } finally {
      this.active--;
      this.waiting.shift()?.();
    }
  }

  /** Resolves when a job has ended; rejects when this one is cancelled first. */
  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(cancelled());
      };
      const go = (): void => {
        signal.removeEventListener('abort', cancel);
        resolve();
      };
      this.waiting.push(go);
      signal.addEventListener('abort', cancel, { once: true });
    });
  }
}
