import { setTimeout as wait } from 'node:timers/promises';

/** A slow body still moves this many times a second. */
const PIECES_PER_SECOND = 10;
const LARGEST_PIECE = 64 * 1024;

/** How long to wait before sending on, milliseconds: `sent` bytes in `elapsed` milliseconds are behind or ahead. */
export function pause(sent: number, elapsed: number, bytesPerSecond: number): number {
  return Math.max(0, Math.ceil((sent / bytesPerSecond) * 1000 - elapsed));
}

/** Lets `pieces` through at `bytesPerSecond`, until `signal` ends it. */
export async function* paced(
  pieces: AsyncIterable<Buffer>,
  bytesPerSecond: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const size = Math.max(1, Math.min(LARGEST_PIECE, Math.floor(bytesPerSecond / PIECES_PER_SECOND)));
  const start = performance.now();
  let sent = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += size) {
      const part = piece.subarray(at, at + size);
      yield part;
      sent += part.length;
      const delay = pause(sent, performance.now() - start, bytesPerSecond);
      if (delay > 0) await wait(delay, undefined, { signal });
    }
  }
}
