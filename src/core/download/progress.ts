import { Transform } from 'node:stream';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import type { StoredBatch } from '../store/stored.ts';

/** How far a download is, in bytes as they come over the network. */
export interface ByteProgress {
  readonly received: number;
  /** Undefined where the server did not tell. */
  readonly total: number | undefined;
}

/**
 * What a job tells while it runs: bytes that came, a minute whose first records can be read (told again as they
 * double), a minute that is in the store now, or a sentence for the log.
 */
export type JobEvent =
  | { readonly event: 'bytes'; readonly progress: ByteProgress }
  | { readonly event: 'readable'; readonly batch: BatchId<Minute>; readonly records: number }
  | { readonly event: 'stored'; readonly batch: StoredBatch }
  | { readonly event: 'warning'; readonly sentence: string };

export type OnEvent = (event: JobEvent) => void;

const INTERVAL_MS = 100;

/** Passes bytes on and tells of them, at most ten times a second and once at the end. */
export function counting(total: number | undefined, onEvent: OnEvent): Transform {
  let received = 0;
  let told = 0;
  const tell = (): void => {
    onEvent({ event: 'bytes', progress: { received, total } });
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      const now = performance.now();
      if (now - told >= INTERVAL_MS) {
        told = now;
        tell();
      }
      done(null, chunk);
    },
    flush(done) {
      tell();
      done();
    },
  });
}
