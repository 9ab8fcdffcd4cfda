/** Two empty blocks of 512 bytes end a tar (POSIX ustar). */
const END_BYTES = 1024;

/** Watches whether a tar that passes by has its end: one that was cut between two members looks whole without. */
export class TarEnd {
  private zeros = 0;

  /** Whether what has passed ends as a tar does. */
  get isReached(): boolean {
    return this.zeros >= END_BYTES;
  }

  async *watching(tar: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of tar) {
      const trailing = trailingZeros(chunk);
      this.zeros = trailing === chunk.length ? this.zeros + trailing : trailing;
      yield chunk;
    }
  }
}

/** How many zeros a chunk ends with, as far as it matters. */
function trailingZeros(chunk: Buffer): number {
  const least = Math.max(0, chunk.length - END_BYTES);
  let at = chunk.length;
  while (at > least && chunk[at - 1] === 0) at--;
  return chunk.length - at;
}
