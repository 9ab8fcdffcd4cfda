/**
 * Most bytes a block can take: 900,050 codes of 20 bits, its selectors and tables; rounded up. More hold nothing of
 * use.
 */
export const MAX_BLOCK_BYTES = 2_400_000;

/** A block as it lies in the input. Bits count from the first bit of `bytes`. */
export interface PackedBlock {
  readonly bytes: Uint8Array;
  /** Where its mark begins, 0 to 7. */
  readonly firstBit: number;
  /** Where it has to end at the latest: the next mark, or the end of the input. */
  readonly endBit: number;
}

/** A block whose check is right. */
export interface UnpackedBlock {
  readonly verdict: 'fine';
  /** The bit behind it. */
  readonly endBit: number;
  /** How many symbols it has; a stream of level n may have blocks of n times 100,000. */
  readonly symbols: number;
  /** Its check, for that of its stream. */
  readonly crc: number;
  /** Plain bytes; how many `text` becomes. */
  readonly size: number;
  /** The plain bytes, or, where those would be many, the text with its runs still packed; see `runs.ts`. */
  readonly text: Uint8Array<ArrayBuffer>;
  readonly hasPackedRuns: boolean;
}

/** `tooShort`: the input ended before the block did, so that what looked like the next mark was none. */
export type BlockResult = UnpackedBlock | { readonly verdict: 'tooShort' | 'damaged' };

/** Those who unpack blocks, several at a time. Blocks do not depend on each other. */
export interface BlockCrew {
  /** How many blocks it takes to keep everyone busy. */
  readonly appetite: number;
  /** Rejects when whoever had the block is gone. */
  unpack(block: PackedBlock): Promise<BlockResult>;
}
