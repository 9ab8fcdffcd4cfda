/** Expands runs as the format describes it: after four equal bytes comes a byte that says how many more there are. */
export function expandedRuns(text: Uint8Array): Buffer {
  const plain: number[] = [];
  let equal = 0;
  let last = -1;
  for (const byte of text) {
    if (equal === 4) {
      for (let more = 0; more < byte; more++) plain.push(last);
      equal = 0;
      last = -1;
    } else {
      plain.push(byte);
      equal = byte === last ? equal + 1 : 1;
      last = byte;
    }
  }
  return Buffer.from(plain);
}
