import assert from 'node:assert/strict';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { blockOf, streamOf } from '../../../../support/bzip2/made-stream.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { hasSystemBzip2, systemAccepts } from '../../../../support/bzip2/system-bzip2.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

/** Few values and many: short codes and long ones, headers of both kinds. */
const TEXTS = [Buffer.from('{"id":"a","type":"file"}\n'.repeat(3)), noise(200, 'flips')];
const BLOCKS = TEXTS.map(blockOf);
const STREAM = streamOf(1, BLOCKS);
const PACKED = Buffer.concat([STREAM, STREAM]);
const PLAIN = Buffer.concat([...TEXTS, ...TEXTS]);
const BITS = Array.from({ length: PACKED.length * 8 }, (_, bit) => bit);

function flipped(bit: number): Buffer {
  const bytes = Buffer.from(PACKED);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
  return bytes;
}

/** All of a first block, header and codes, what lies around the second stream's beginning, and more here and there. */
function isTried(bit: number): boolean {
  const first = STREAM.length * 8;
  return bit < 32 + (BLOCKS[0]?.bits ?? 0) || (bit > first - 100 && bit < first + 200) || bit % 19 === 0;
}

describe('a file with a flipped bit', () => {
  let unpacker: Unpacker;
  /** Bits that mean nothing: of codes that are not used, and those that fill the last byte of a stream. */
  const harmless: number[] = [];
  before(() => {
    unpacker = parallel();
  });

  it('gives what it gave or is refused, whichever bit it is; never anything else', async () => {
    for (const bit of BITS.filter(isTried)) {
      const { verdict, plain } = await outcomeOf(unpacker, flipped(bit));
      const what = `bit ${String(bit)}`;
      assert.ok(plain.equals(PLAIN.subarray(0, plain.length)), what);
      if (verdict === 'fine') {
        assert.equal(plain.length, PLAIN.length, what);
        harmless.push(bit);
      } else assert.equal(verdict, bit < 32 ? 'notBzip2' : 'corrupt', what);
    }
    assert.ok(harmless.length > 0 && harmless.length < 50);
  });

  it('gives the same to the others where it gives anything', async () => {
    for (const bit of BITS.filter((each) => harmless.includes(each) || each % 23 === 0)) {
      const { verdict, plain } = await outcomeOf(portable, flipped(bit));
      assert.ok(plain.equals(PLAIN.subarray(0, plain.length)), `bit ${String(bit)}`);
      if (harmless.includes(bit)) assert.equal(verdict, 'fine', `bit ${String(bit)}`);
      // They also take codes that cannot be, as long as none of them occurs.
      else if (verdict === 'fine') assert.equal(plain.length, PLAIN.length, `bit ${String(bit)}`);
    }
    if (hasSystemBzip2) assert.ok(!systemAccepts(harmless.map(flipped)).includes(false));
  });
});
