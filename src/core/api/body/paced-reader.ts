import type { Readable } from 'node:stream';
import { VtFeedsError } from '../../common/errors.ts';
import type { Clock } from '../clock.ts';
import type { PaceLimits } from '../patience.ts';

const LONGEST_CHECK_MS = 1000;

/**
 * Reads a body chunk by chunk and gives it up when the network stalls or drips. Only the time between a call of
 * {@link next} and its chunk counts, so that a reader who takes long over a chunk is not held against the network.
 */
export class PacedReader {
  private readonly chunks: AsyncIterator<Buffer, undefined>;
  private waitedMs = 0;
  private bytes = 0;

  /** `host` is who sends the body. */
  constructor(
    private readonly body: Readable,
    private readonly host: string,
    private readonly limits: PaceLimits,
    private readonly clock: Clock,
  ) {
    this.chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  /** The next bytes; undefined at the end. Rejects as the body does, or with `timeout`. */
  async next(): Promise<Buffer | undefined> {
    const stopwatch = startStopwatch(this.clock);
    const check = setInterval(
      () => {
        if (stopwatch() >= this.limits.stallMs) this.body.destroy(this.stalled());
      },
      Math.min(LONGEST_CHECK_MS, this.limits.stallMs),
    );
    try {
      const { done, value } = await this.chunks.next();
      if (done === true) return undefined;
      this.measure(stopwatch(), value.length);
      return value;
    } finally {
      clearInterval(check);
    }
  }

  close(): void {
    this.body.destroy();
  }

  private measure(waitedMs: number, bytes: number): void {
    this.waitedMs += waitedMs;
    this.bytes += bytes;
    if (this.waitedMs < this.limits.windowMs) return;
    const isSlow = this.bytes < (this.limits.leastBytesPerSecond * this.waitedMs) / 1000;
    this.waitedMs = 0;
    this.bytes = 0;
    if (isSlow) throw this.dripping();
  }

  private stalled(): VtFeedsError {
    return new VtFeedsError('timeout', `${this.host} stopped sending. Try again, or check the network.`);
  }

  private dripping(): VtFeedsError {
    const sentence = `${this.host} sends too slowly to ever come to an end. Try again, or check the network.`;
    return new VtFeedsError('timeout', sentence);
  }
}

/** Counts by whichever clock went further: one stands still while the machine sleeps, the other can be set back. */
function startStopwatch(clock: Clock): () => number {
  const [now, elapsed] = [clock.now(), clock.elapsed()];
  return () => Math.max(clock.now() - now, clock.elapsed() - elapsed);
}
