import { NotJson } from './not-json.ts';

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** At 1 what may follow a backslash alone. */
const ESCAPES = new Uint8Array(256);
for (const letter of Buffer.from('"\\/bfnrt')) ESCAPES[letter] = 1;

/**
 * The position after the string whose first byte within its quotes is at `start`. `words` is a view of the same
 * bytes: long texts are most of a record, so four bytes are looked at in one step.
 */
export function endOfString(bytes: Uint8Array, words: DataView, start: number): number {
  const lastWord = bytes.length - 4;
  let at = start;
  for (;;) {
    let special = 0;
    while (at <= lastWord && special === 0) {
      special = specialBytes(words.getInt32(at, true));
      // The lowest mark is that of the first such byte; without any, all four are plain.
      at += special === 0 ? 4 : (31 - Math.clz32(special & -special)) >> 3;
    }
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at = endOfEscape(bytes, at + 1);
    else if (byte < 0x20) throw new NotJson();
    else at++;
  }
}

/** Marks the bytes of a word that are quotes, backslashes or controls, in their top bits; right up to the first. */
function specialBytes(word: number): number {
  const quotes = (word ^ 0x22222222) - 0x01010101;
  const backslashes = (word ^ 0x5c5c5c5c) - 0x01010101;
  const controls = word - 0x20202020;
  return (quotes | backslashes | controls) & ~word & 0x80808080;
}

function endOfEscape(bytes: Uint8Array, at: number): number {
  const letter = bytes[at] ?? 0;
  if (ESCAPES[letter] === 1) return at + 1;
  if (letter !== LETTER_U) throw new NotJson();
  for (let digit = at + 1; digit <= at + 4; digit++) if (!isHex(bytes[digit] ?? 0)) throw new NotJson();
  return at + 5;
}

function isHex(byte: number): boolean {
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66);
}
