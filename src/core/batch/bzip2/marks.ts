/** What a 48-bit mark begins: a block, or the end of a stream. */
export type MarkKind = 'block' | 'end';

export interface Mark {
  readonly kind: MarkKind;
  /** Its first bit, counted from the start of the input. */
  readonly bit: number;
}

/** Length of a mark, bits. */
export const MARK_BITS = 48;

/** The digits of π and of its square root: the marks of the format. */
const PATTERNS = [
  { kind: 'block', digits: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
  { kind: 'end', digits: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90] },
] as const;

/** A mark as it lies in seven bytes from some bit of the first on. */
interface Alignment {
  readonly kind: MarkKind;
  readonly shift: number;
  readonly bytes: readonly number[];
  readonly masks: readonly number[];
}

interface Clue {
  readonly alignment: Alignment;
  /** How far behind the mark's first byte the clue lies. */
  readonly offset: number;
}

/** However it lies, bytes 1 to 5 of a mark are all its own: four pairs of neighbours, one of them at a multiple of four. */
const STRIDE = 4;
/** Bytes of a chunk that may belong to a mark which the next chunk completes. */
const CARRY = 6;

/** By each pair of bytes that may lie within a mark, where that would have to begin. */
const CLUES = new Map<number, Clue[]>();
const IS_CLUE = new Uint8Array(65_536);
for (const { kind, digits } of PATTERNS) {
  for (let shift = 0; shift < 8; shift++) {
    const bytes = shiftRight([...digits, 0], shift);
    const masks = shiftRight([255, 255, 255, 255, 255, 255, 0], shift);
    const alignment = { kind, shift, bytes, masks };
    for (let offset = 1; offset <= STRIDE; offset++) {
      const pair = ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
      CLUES.set(pair, [...(CLUES.get(pair) ?? []), { alignment, offset }]);
      IS_CLUE[pair] = 1;
    }
  }
}

/** Finds the marks in packed bytes, at any bit; true ones, and such as happen to look like one. */
export class MarkFinder {
  private carried: Buffer = Buffer.alloc(0);
  /** Where `carried` begins in the input, bytes. */
  private start = 0;
  private nextBit = 0;

  /** The marks that `chunk` completes, in order. */
  push(chunk: Buffer): Mark[] {
    const bytes = this.carried.length === 0 ? chunk : Buffer.concat([this.carried, chunk]);
    const marks: Mark[] = [];
    for (let at = 0; at + 1 < bytes.length; at += STRIDE) {
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if (IS_CLUE[pair] === 1) this.follow(bytes, at, CLUES.get(pair) ?? [], marks);
    }
    const kept = Math.min(CARRY, bytes.length);
    this.start += bytes.length - kept;
    this.carried = bytes.subarray(bytes.length - kept);
    return marks.sort((one, other) => one.bit - other.bit);
  }

  private follow(bytes: Buffer, at: number, clues: readonly Clue[], marks: Mark[]): void {
    for (const { alignment, offset } of clues) {
      const first = at - offset;
      if (first < 0 || !isAt(bytes, first, alignment)) continue;
      const bit = (this.start + first) * 8 + alignment.shift;
      if (bit < this.nextBit) continue;
      marks.push({ kind: alignment.kind, bit });
      this.nextBit = bit + 1;
    }
  }
}

function isAt(bytes: Buffer, first: number, { bytes: wanted, masks }: Alignment): boolean {
  return masks.every((mask, index) => {
    const byte = mask === 0 ? 0 : bytes[first + index];
    return byte !== undefined && (byte & mask) === wanted[index];
  });
}

function shiftRight(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, index) => (byte >> bits) | (((bytes[index - 1] ?? 0) << (8 - bits)) & 255));
}
