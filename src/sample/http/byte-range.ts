/** Which bytes of an object to send. `to` is one past the last. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'none' };

/** Reads a `Range` with one part (RFC 9110, 14.2); anything else means the whole object. */
export function byteRange(header: string | undefined, length: number): ByteRange {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/u.exec(header ?? '') ?? [];
  if (first === '' && last === '') return { kind: 'whole' };
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  return from < to ? { kind: 'part', from, to } : { kind: 'none' };
}

/** The bytes from `from` to `to` of a body that comes in pieces. */
export async function* cut(
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  from: number,
  to: number,
): AsyncGenerator<Buffer, void, undefined> {
  let start = 0;
  for await (const piece of pieces) {
    const part = piece.subarray(Math.max(0, from - start), Math.max(0, to - start));
    if (part.length > 0) yield part;
    start += piece.length;
    if (start >= to) return;
  }
}
