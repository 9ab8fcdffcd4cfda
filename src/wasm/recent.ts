import { RECENT } from './memory';

/** Puts `value` at `place` of the list of recent values. */
export function setRecent(place: u32, value: u32): void {
  store<u8>(RECENT + place, <u8>value);
}

/** The value used last. */
export function mostRecent(): u32 {
  return load<u8>(RECENT);
}

/** Takes the value at `place` of the list and puts it in front; those before it step back by one. */
export function takeRecent(place: u32): u32 {
  return place < 8 ? takeNear(place) : takeFar(place);
}

/** Within one word: the bytes up to `place` are shifted, those behind kept. */
function takeNear(place: u32): u32 {
  const word = load<u64>(RECENT);
  const bits: u64 = place << 3;
  const value = (word >> bits) & 0xff;
  const kept = (<u64>-256) << bits;
  store<u64>(RECENT, (word & kept) | ((word << 8) & ~kept) | value);
  return <u32>value;
}

function takeFar(place: u32): u32 {
  const value = <u32>load<u8>(RECENT + place);
  let end: usize = place;
  for (; end >= 16; end -= 16) v128.store(RECENT + end - 15, v128.load(RECENT + end - 16));
  for (; end > 0; end--) store<u8>(RECENT + end, load<u8>(RECENT + end - 1));
  store<u8>(RECENT, <u8>value);
  return value;
}
