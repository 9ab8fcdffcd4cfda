/** The longest run one count can stand for: four bytes as they are and a count of up to 251 more. */
const LONGEST_RUN = 255;
/** What one step may write: four bytes and a count. */
const STEP = 5;

export interface RunLengthBlock {
  /** Bytes written to `out`. */
  readonly length: number;
  /** Where in `data` the next block begins. */
  readonly next: number;
}

/**
 * bzip2's first step: runs of four equal bytes and more become four bytes and a count.
 * Fills `out` from `data` at `from`, as far as it goes.
 */
export function runLengthEncode(data: Uint8Array, from: number, out: Uint8Array): RunLengthBlock {
  let at = from;
  let length = 0;
  while (at < data.length && length + STEP <= out.length) {
    const byte = data[at] ?? 0;
    let end = at + 1;
    while (end < data.length && end - at < LONGEST_RUN && data[end] === byte) end++;
    const run = end - at;
    for (let copies = Math.min(run, 4); copies > 0; copies--) out[length++] = byte;
    if (run >= 4) out[length++] = run - 4;
    at = end;
  }
  return { length, next: at };
}
