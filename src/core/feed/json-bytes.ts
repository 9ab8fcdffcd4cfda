import { endOfScalar } from './json-scalar.ts';
import { QUOTE, endOfString } from './json-string.ts';
import { NotJson } from './not-json.ts';

export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const COMMA = 0x2c;
const COLON = 0x3a;
/** At 1 what may stand between values. */
const BLANKS = new Uint8Array(256);
for (const blank of Buffer.from(' \t\n\r')) BLANKS[blank] = 1;

/**
 * JSON as bytes, walked from position to position by its grammar and never decoded. Every step throws
 * {@link NotJson} where the bytes break the grammar. Bytes that are no UTF-8 are text within strings (decoded they
 * become U+FFFD) and break the grammar elsewhere, as they do for `JSON.parse`.
 */
export class JsonBytes {
  private readonly words: DataView;
  /** What closes each container that is open; grows with the depth, which only the length of the bytes limits. */
  private closers = new Uint8Array(64);

  constructor(readonly bytes: Buffer) {
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The position of the first byte from `start` on that is not blank. */
  endOfBlanks(start: number): number {
    let at = start;
    while (BLANKS[this.bytes[at] ?? 0] === 1) at++;
    return at;
  }

  /** The position after the value at `start`, blanks before it passed over. It does not recurse. */
  endOfValue(start: number): number {
    const { bytes } = this;
    let depth = 0;
    let at = start;
    for (;;) {
      at = this.endOfBlanks(at);
      const first = bytes[at] ?? 0;
      if (first === OPEN_OBJECT || first === OPEN_LIST) {
        const closer = first === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST;
        at = this.endOfBlanks(at + 1);
        if (bytes[at] !== closer) {
          this.open(depth++, closer);
          if (closer === CLOSE_OBJECT) at = this.endOfColon(this.endOfString(at));
          continue;
        }
        at++;
      } else {
        at = first === QUOTE ? endOfString(bytes, this.words, at + 1) : endOfScalar(bytes, at);
      }
      for (; depth > 0; depth--) {
        at = this.endOfBlanks(at);
        if (bytes[at] !== this.closers[depth - 1]) break;
        at++;
      }
      if (depth === 0) return at;
      if (bytes[at] !== COMMA) throw new NotJson();
      at++;
      if (this.closers[depth - 1] === CLOSE_OBJECT)
        at = this.endOfColon(this.endOfString(this.endOfBlanks(at)));
    }
  }

  /** The position after the string at `start`, which must be one. */
  endOfString(start: number): number {
    if (this.bytes[start] !== QUOTE) throw new NotJson();
    return endOfString(this.bytes, this.words, start + 1);
  }

  /** The position after the colon that must come next. */
  endOfColon(start: number): number {
    const at = this.endOfBlanks(start);
    if (this.bytes[at] !== COLON) throw new NotJson();
    return at + 1;
  }

  private open(depth: number, closer: number): void {
    if (depth === this.closers.length) {
      const longer = new Uint8Array(depth * 2);
      longer.set(this.closers);
      this.closers = longer;
    }
    this.closers[depth] = closer;
  }
}
