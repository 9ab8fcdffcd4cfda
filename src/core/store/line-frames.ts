const NEWLINE = 0x0a;

/** Text in frames that each hold whole lines. */
export interface LineFrames {
  readonly frameCount: number;
  readonly lineCount: number;
  /** The number of a frame's first line; every frame has one. */
  firstLine(frame: number): number;
  /** Plain texts of the frames `from` up to, not including, `to`. */
  unpack(from: number, to: number): Promise<readonly Buffer[]>;
}

/** The lines `from` up to, not including, `to`, without their newlines; none beyond the last. */
export async function readLines(frames: LineFrames, from: number, to: number): Promise<Buffer[]> {
  const end = Math.min(to, frames.lineCount);
  if (from >= end) return [];
  const first = frameOf(frames, from);
  const last = frameOf(frames, end - 1);
  const lines: Buffer[] = [];
  for (const [at, plain] of (await frames.unpack(first, last + 1)).entries()) {
    const skip = Math.max(0, from - frames.firstLine(first + at));
    for (const line of linesOf(plain, skip, end - from - lines.length)) lines.push(line);
  }
  if (lines.length !== end - from) throw new RangeError('a frame has fewer lines than its index says');
  return lines;
}

/** At most `take` lines of a text whose lines all end with a newline, after the first `skip`. */
export function linesOf(plain: Buffer, skip = 0, take = Number.POSITIVE_INFINITY): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0, line = 0; lines.length < take; line++) {
    const end = plain.indexOf(NEWLINE, at);
    if (end === -1) break;
    if (line >= skip) lines.push(plain.subarray(at, end));
    at = end + 1;
  }
  return lines;
}

/** The frame a line is in. */
function frameOf(frames: LineFrames, line: number): number {
  let low = 0;
  let high = frames.frameCount;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (frames.firstLine(middle) <= line) low = middle;
    else high = middle;
  }
  return low;
}
