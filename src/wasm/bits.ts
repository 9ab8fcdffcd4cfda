import { INPUT } from './memory';

/** The next bit to be read, counted from the start of the input; and the bit at which the input ends. */
export let bitAt: u32 = 0;
export let bitEnd: u32 = 0;

/** Makes the `size` bytes of the input readable from bit `first` up to bit `end`. */
export function openInput(size: u32, first: u32, end: u32): void {
  memory.fill(INPUT + size, 0, 512);
  for (let at = INPUT; at < INPUT + size; at += 16) {
    v128.store(
      at,
      v128.shuffle<u8>(v128.load(at), v128.load(at), 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12),
    );
  }
  bitAt = first;
  bitEnd = end;
}

/** Goes on at bit `at`. */
export function seekBit(at: u32): void {
  bitAt = at;
}

/** The next `count` bits, at most 24, the first one highest; zeros beyond the end of the input. */
export function readBits(count: u32): u32 {
  const word = INPUT + ((bitAt >> 5) << 2);
  const both = ((<u64>load<u32>(word)) << 32) | (<u64>load<u32>(word, 4));
  const value = <u32>((both << (bitAt & 31)) >> (64 - count));
  bitAt += count;
  return value;
}

/** Whether more was read than there is. */
export function isBeyondEnd(): bool {
  return bitAt > bitEnd;
}
