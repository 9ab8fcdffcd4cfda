import assert from 'node:assert/strict';
import { DownloadQueue } from '../../../../src/core/catalog/download-queue.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { minute } from '../../../support/records.ts';

const [A, B, C] = ['202611221000', '202611221001', '202611221002'].map((slot): BatchId => ({
  feed: 'files',
  slot: minute(slot),
})) as [BatchId, BatchId, BatchId];

const isCancelled = (error: unknown): boolean => hasCode(error, 'cancelled');

/** A job that ends when it is told to, or when it is cancelled. */
class Job {
  starts = 0;
  private end: ((value: string) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;

  readonly start = (signal: AbortSignal): Promise<string> => {
    this.starts++;
    return new Promise((resolve, reject) => {
      this.end = resolve;
      this.fail = reject;
      signal.addEventListener('abort', () => {
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  };

  succeed(value: string): void {
    this.end?.(value);
  }

  break(): void {
    this.fail?.(new Error('broken'));
  }
}

/** Lets everything run that is ready to. */
async function settle(): Promise<void> {
  await new Promise((turn) => setImmediate(turn));
}

describe('DownloadQueue', () => {
  let limit: number;
  let queue: DownloadQueue;
  beforeEach(() => {
    limit = 2;
    queue = new DownloadQueue(() => limit);
  });

  it('runs one job for everyone who wants the same batch', async () => {
    const job = new Job();
    const runs = Array.from({ length: 20 }, () => queue.run(A, job.start));
    await settle();
    assert.equal(job.starts, 1);
    assert.ok(queue.has(A));
    job.succeed('done');
    assert.deepEqual(new Set(await Promise.all(runs)), new Set(['done']));
    await settle();
    assert.ok(!queue.has(A));
    void queue.run(A, job.start);
    await settle();
    assert.equal(job.starts, 2);
  });

  it('tells everyone who waits that a job failed, and starts anew the next time', async () => {
    const job = new Job();
    const runs = [queue.run(A, job.start), queue.run(A, job.start)];
    await settle();
    job.break();
    for (const run of runs) await assert.rejects(run, /broken/u);
    const again = queue.run(A, job.start);
    await settle();
    job.succeed('now');
    assert.equal(await again, 'now');
  });

  it('runs no more at a time than the limit says, in the order they came', async () => {
    limit = 1;
    const jobs = [new Job(), new Job(), new Job()] as const;
    const runs = [queue.run(A, jobs[0].start), queue.run(B, jobs[1].start), queue.run(C, jobs[2].start)];
    const starts = async (): Promise<number[]> => {
      await settle();
      return jobs.map((job) => job.starts);
    };
    assert.deepEqual(await starts(), [1, 0, 0]);
    jobs[0].succeed('a');
    assert.deepEqual(await starts(), [1, 1, 0]);
    jobs[1].break();
    await assert.rejects(runs[1] ?? Promise.resolve(), /broken/u);
    assert.deepEqual(await starts(), [1, 1, 1]);
    jobs[2].succeed('c');
    assert.deepEqual([await runs[0], await runs[2]], ['a', 'c']);
  });

  it('goes by the limit as it is at the next start', async () => {
    limit = 1;
    const jobs = [new Job(), new Job()] as const;
    void queue.run(A, jobs[0].start);
    limit = 2;
    void queue.run(B, jobs[1].start);
    await settle();
    assert.deepEqual([jobs[0].starts, jobs[1].starts], [1, 1]);
  });

  it('cancels the job when the only one who waits lets go', async () => {
    const job = new Job();
    const controller = new AbortController();
    const run = queue.run(A, job.start, controller.signal);
    await settle();
    controller.abort();
    await assert.rejects(run, { name: 'AbortError' });
    await settle();
    assert.ok(!queue.has(A));
  });

  it('goes on for the others when one of them lets go', async () => {
    const job = new Job();
    const controller = new AbortController();
    const leaving = queue.run(A, job.start, controller.signal);
    const staying = queue.run(A, job.start);
    await settle();
    controller.abort();
    await assert.rejects(leaving, isCancelled);
    job.succeed('done');
    assert.equal(await staying, 'done');
  });

  it('cancels the job when all let go, one after the other', async () => {
    const job = new Job();
    const controllers = [new AbortController(), new AbortController()];
    const runs = controllers.map(({ signal }) => queue.run(A, job.start, signal));
    await settle();
    for (const controller of controllers) controller.abort();
    const [first, last] = await Promise.allSettled(runs);
    assert.ok(first?.status === 'rejected' && isCancelled(first.reason));
    assert.equal(last?.status, 'rejected');
  });

  it('lets one go that still waits for its turn, and never starts it', async () => {
    limit = 1;
    const [running, waiting, next] = [new Job(), new Job(), new Job()];
    const controller = new AbortController();
    const first = queue.run(A, running.start);
    const second = queue.run(B, waiting.start, controller.signal);
    const third = queue.run(C, next.start);
    await settle();
    controller.abort();
    await assert.rejects(second, isCancelled);
    running.succeed('a');
    await first;
    await settle();
    assert.deepEqual([waiting.starts, next.starts], [0, 1]);
    next.succeed('c');
    assert.equal(await third, 'c');
  });

  it('cancels for everyone, running or waiting, and says whether there was something', async () => {
    limit = 1;
    const jobs = [new Job(), new Job()] as const;
    const runs = [queue.run(A, jobs[0].start), queue.run(A, jobs[0].start), queue.run(B, jobs[1].start)];
    await settle();
    assert.equal(queue.cancel(B), true);
    assert.equal(queue.cancel(C), false);
    assert.equal(queue.cancel(A), true);
    for (const { status } of await Promise.allSettled(runs)) assert.equal(status, 'rejected');
    await settle();
    assert.deepEqual([queue.has(A), queue.has(B), jobs[1].starts], [false, false, 0]);
  });

  it('ends everything at once', async () => {
    const runs = Promise.allSettled([A, B, C].map((id) => queue.run(id, new Job().start)));
    await settle();
    await queue.cancelAll();
    for (const { status } of await runs) assert.equal(status, 'rejected');
    assert.ok([A, B, C].every((id) => !queue.has(id)));
  });

  it('starts a new job for who asks while a cancelled one is still ending, after its end', async () => {
    let finish: (() => void) | undefined;
    const slow = (): Promise<string> =>
      new Promise((_, reject) => {
        finish = () => {
          reject(new DOMException('aborted', 'AbortError'));
        };
      });
    const first = queue.run(A, slow);
    await settle();
    queue.cancel(A);
    const job = new Job();
    const second = queue.run(A, job.start);
    await settle();
    assert.equal(job.starts, 0);
    finish?.();
    await assert.rejects(first, { name: 'AbortError' });
    await settle();
    assert.equal(job.starts, 1);
    assert.ok(queue.has(A), 'the new job is still known');
    job.succeed('done');
    assert.equal(await second, 'done');
  });

  it('starts nothing for who has let go already', async () => {
    const job = new Job();
    await assert.rejects(queue.run(A, job.start, AbortSignal.abort()), isCancelled);
    assert.deepEqual([job.starts, queue.has(A)], [0, false]);
  });

  describe('with ranges', () => {
    it('starts what a person wants before what ranges wait for', async () => {
      limit = 1;
      const [first, ofRange, ofPerson] = [new Job(), new Job(), new Job()];
      void queue.run(A, first.start);
      void queue.run(B, ofRange.start, undefined, 'range');
      void queue.run(C, ofPerson.start);
      await settle();
      first.succeed('a');
      await settle();
      assert.deepEqual([ofRange.starts, ofPerson.starts], [0, 1]);
    });

    it('starts one job of a person’s at once, whatever ranges have begun, and no more than one', async () => {
      limit = 1;
      const [ofRange, one, another] = [new Job(), new Job(), new Job()];
      void queue.run(A, ofRange.start, undefined, 'range');
      void queue.run(B, one.start);
      void queue.run(C, another.start);
      await settle();
      assert.deepEqual([ofRange.starts, one.starts, another.starts], [1, 1, 0]);
      one.succeed('b');
      await settle();
      assert.equal(another.starts, 1);
    });

    it('runs no job of a range beyond the limit', async () => {
      limit = 1;
      const [ofPerson, ofRange] = [new Job(), new Job()];
      void queue.run(A, ofPerson.start);
      void queue.run(B, ofRange.start, undefined, 'range');
      await settle();
      assert.equal(ofRange.starts, 0);
      ofPerson.succeed('a');
      await settle();
      assert.equal(ofRange.starts, 1);
    });

    it('makes a job a person’s when a person joins it', async () => {
      limit = 1;
      const [first, waiting] = [new Job(), new Job()];
      void queue.run(A, first.start, undefined, 'range');
      void queue.run(B, waiting.start, undefined, 'range');
      await settle();
      assert.equal(waiting.starts, 0);
      const joined = queue.run(B, waiting.start);
      await settle();
      assert.equal(waiting.starts, 1);
      waiting.succeed('b');
      assert.equal(await joined, 'b');
    });
  });
});
