/**
 * Start positions of the suffixes of `text` in sorted order, by induced sorting
 * (Nong, Zhang and Chan, 2009): linear in time whatever the text, so that repetitive input costs no more.
 * Symbols are 0 to `alphabet - 1`.
 */
export function suffixArray(text: Int32Array, alphabet: number): Int32Array {
  const length = text.length;
  const sorted = new Int32Array(length);
  if (length < 2) return sorted;
  const smaller = smallerThanNext(text);
  const buckets = bucketStarts(text, smaller, alphabet);
  const heads = leftmostSmaller(smaller);
  induce(text, smaller, buckets, heads, sorted);
  if (heads.length > 0) {
    const { names, count } = nameSegments(text, heads, sorted);
    const order = suffixArray(names, count);
    induce(
      text,
      smaller,
      buckets,
      Int32Array.from(order, (at) => heads[at] ?? 0),
      sorted,
    );
  }
  return sorted;
}

/** 1 where a suffix is smaller than the one that starts right after it (type S). */
function smallerThanNext(text: Int32Array): Uint8Array {
  const smaller = new Uint8Array(text.length);
  for (let at = text.length - 2; at >= 0; at--) {
    const here = text[at] ?? 0;
    const next = text[at + 1] ?? 0;
    smaller[at] = here === next ? (smaller[at + 1] ?? 0) : here < next ? 1 : 0;
  }
  return smaller;
}

/** Positions of type S that follow one that is not: the heads of the segments that are sorted first. */
function leftmostSmaller(smaller: Uint8Array): Int32Array {
  const heads = new Int32Array(smaller.length >> 1);
  let count = 0;
  for (let at = 1; at < smaller.length; at++) {
    if (smaller[at] === 1 && smaller[at - 1] === 0) heads[count++] = at;
  }
  return heads.slice(0, count);
}

interface Buckets {
  /** First place of each symbol's suffixes; those not of type S come first. */
  readonly starts: Int32Array;
  /** First place of each symbol's suffixes of type S. */
  readonly middles: Int32Array;
}

function bucketStarts(text: Int32Array, smaller: Uint8Array, alphabet: number): Buckets {
  const starts = new Int32Array(alphabet + 1);
  const middles = new Int32Array(alphabet);
  for (let at = 0; at < text.length; at++) {
    const symbol = text[at] ?? 0;
    starts[symbol + 1] = (starts[symbol + 1] ?? 0) + 1;
    if (smaller[at] === 0) middles[symbol] = (middles[symbol] ?? 0) + 1;
  }
  for (let symbol = 0; symbol < alphabet; symbol++) {
    starts[symbol + 1] = (starts[symbol + 1] ?? 0) + (starts[symbol] ?? 0);
    middles[symbol] = (middles[symbol] ?? 0) + (starts[symbol] ?? 0);
  }
  return { starts, middles };
}

/** Puts `heads` in their buckets and sorts everything else from them, into `sorted`. */
function induce(
  text: Int32Array,
  smaller: Uint8Array,
  { starts, middles }: Buckets,
  heads: Int32Array,
  sorted: Int32Array,
): void {
  const length = text.length;
  sorted.fill(-1);
  const middle = middles.slice();
  for (const head of heads) append(sorted, middle, text[head] ?? 0, head);
  const start = starts.slice();
  append(sorted, start, text[length - 1] ?? 0, length - 1);
  for (let place = 0; place < length; place++) {
    const before = (sorted[place] ?? 0) - 1;
    if (before >= 0 && smaller[before] === 0) append(sorted, start, text[before] ?? 0, before);
  }
  const end = starts.slice();
  for (let place = length - 1; place >= 0; place--) {
    const before = (sorted[place] ?? 0) - 1;
    if (before < 0 || smaller[before] === 0) continue;
    const next = (text[before] ?? 0) + 1;
    const last = (end[next] ?? 0) - 1;
    end[next] = last;
    sorted[last] = before;
  }
}

function append(sorted: Int32Array, ends: Int32Array, symbol: number, suffix: number): void {
  const end = ends[symbol] ?? 0;
  sorted[end] = suffix;
  ends[symbol] = end + 1;
}

/** Gives equal segments equal names, in sorted order, so that the segments themselves can be sorted as a text. */
function nameSegments(
  text: Int32Array,
  heads: Int32Array,
  sorted: Int32Array,
): { readonly names: Int32Array; readonly count: number } {
  const segmentAt = new Int32Array(text.length).fill(-1);
  heads.forEach((head, segment) => (segmentAt[head] = segment));
  const names = new Int32Array(heads.length);
  let name = 0;
  let previous = -1;
  for (const head of sorted) {
    const segment = segmentAt[head] ?? -1;
    if (segment < 0) continue;
    if (previous >= 0 && !sameSegment(text, heads, previous, segment)) name++;
    names[segment] = name;
    previous = segment;
  }
  return { names, count: name + 1 };
}

function sameSegment(text: Int32Array, heads: Int32Array, one: number, other: number): boolean {
  const start = heads[one] ?? 0;
  const otherStart = heads[other] ?? 0;
  const end = heads[one + 1];
  const otherEnd = heads[other + 1];
  if (end === undefined || otherEnd === undefined || end - start !== otherEnd - otherStart) return false;
  for (let at = 0; at <= end - start; at++) {
    if (text[start + at] !== text[otherStart + at]) return false;
  }
  return true;
}
