import { updateCrc } from './crc';
import { OUTPUT, OUTPUT_SIZE, TEXT } from './memory';

/** Equal bytes after which a byte says how many more there are. */
const RUN: u32 = 4;
const MOST_MORE: u32 = 255;

/** What is left to be expanded of the block. */
let text: usize = 0;
let textEnd: usize = 0;
/** The check over everything expanded so far. */
let crc: u32 = 0;

export function startExpansion(count: u32): void {
  text = TEXT;
  textEnd = text + count;
  crc = 0xffffffff;
}

/** The check as a block's header has it, once all of it was expanded. */
export function expandedCrc(): u32 {
  return ~crc;
}

/** Fills the output area anew. Returns how many bytes there are; 0 when all of the block was expanded. */
export function expandMore(): u32 {
  const full = OUTPUT + OUTPUT_SIZE - MOST_MORE - RUN;
  let out = OUTPUT;
  while (text < textEnd && out < full) {
    const run = findRun(text, textEnd);
    const size = min(run + RUN, textEnd) - text;
    if (size > full - out) {
      const part = min(full - out, run - text);
      if (part === 0) break;
      memory.copy(out, text, part);
      out += part;
      text += part;
      continue;
    }
    memory.copy(out, text, size);
    out += size;
    text += size;
    if (text === textEnd) continue;
    const more = <u32>load<u8>(text++);
    memory.fill(out, load<u8>(run), more);
    out += more;
  }
  crc = updateCrc(crc, OUTPUT, out);
  return <u32>(out - OUTPUT);
}

/** Where the next run of equal bytes begins, or `end`. */
function findRun(from: usize, end: usize): usize {
  for (let at = from; at < end; at += 16) {
    const here = v128.load(at);
    const second = v128.eq<u8>(here, v128.load(at, 1));
    const third = v128.eq<u8>(here, v128.load(at, 2));
    const fourth = v128.eq<u8>(here, v128.load(at, 3));
    const runs = v128.bitmask<u8>(v128.and(second, v128.and(third, fourth)));
    if (runs !== 0) return min(at + ctz(runs), end);
  }
  return end;
}
