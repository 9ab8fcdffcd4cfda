export interface Symbols {
  /** RUNA, RUNB, the places moved to the front plus one, and the end of the block. */
  readonly symbols: Uint16Array;
  /** How many different symbols there can be: the bytes in use and two more. */
  readonly alphabet: number;
  /** 1 for each byte that occurs. */
  readonly used: Uint8Array;
}

/** bzip2's third step: bytes become their place in a list of the latest ones; runs of place 0 become digits. */
export function moveToFront(column: Uint8Array): Symbols {
  const used = new Uint8Array(256);
  for (const byte of column) used[byte] = 1;
  const order = Uint8Array.from([...used.keys()].filter((byte) => used[byte] === 1));
  const symbols = new Uint16Array(column.length + 1);
  let count = 0;
  let zeros = 0;
  const endRun = (): void => {
    // Bijective base 2: RUNA (0) is the digit one, RUNB (1) the digit two, lowest first.
    for (; zeros > 0; zeros = (zeros - 1) >> 1) symbols[count++] = (zeros - 1) & 1;
  };
  for (const byte of column) {
    if (order[0] === byte) {
      zeros++;
      continue;
    }
    endRun();
    let place = 1;
    while (order[place] !== byte) place++;
    order.copyWithin(1, 0, place);
    order[0] = byte;
    symbols[count++] = place + 1;
  }
  endRun();
  symbols[count++] = order.length + 1;
  return { symbols: symbols.subarray(0, count), alphabet: order.length + 2, used };
}
