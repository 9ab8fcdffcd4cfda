import { VtFeedsError } from '../common/errors.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;
/** No known record is near this; an endless line would fill the memory (measured: one object of 897 KB). */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Cuts a stream of bytes into lines at 0x0A and nowhere else (U+2028 is part of a record), without decoding:
 * a character split between chunks stays whole. Lines come without their newline; empty ones are left out.
 */
export class LineSplitter {
  private rest: Buffer[] = [];
  private restLength = 0;

  constructor(private readonly maxLineBytes = MAX_LINE_BYTES) {}

  /** The lines that `chunk` completes. */
  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      this.take(lines);
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, where it has no newline. */
  finish(): Buffer[] {
    const lines: Buffer[] = [];
    this.take(lines);
    return lines;
  }

  private keep(part: Buffer): void {
    if (part.length === 0) return;
    this.restLength += part.length;
    if (this.restLength > this.maxLineBytes) {
      throw new VtFeedsError(
        'tooLarge',
        `A line of this batch is longer than ${this.maxLineBytes.toLocaleString('en-US')} bytes, as no record is. Nothing was stored; try again, and report the batch if it stays so.`,
      );
    }
    this.rest.push(part);
  }

  private take(lines: Buffer[]): void {
    const line = this.rest.length === 1 ? this.rest[0] : Buffer.concat(this.rest);
    this.rest = [];
    this.restLength = 0;
    if (line !== undefined && !isBlank(line)) lines.push(line);
  }
}

/** Looks no further than the first byte that is not blank: of a record, its first. */
function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== SPACE && byte !== TAB && byte !== RETURN) return false;
  return true;
}
