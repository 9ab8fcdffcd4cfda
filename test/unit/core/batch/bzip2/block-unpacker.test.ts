import assert from 'node:assert/strict';
import type { BlockResult, PackedBlock } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import { MAX_BLOCK_BYTES } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import { BlockUnpacker, LANES } from '../../../../../src/core/batch/bzip2/block-unpacker.ts';
import { LaneChoice } from '../../../../../src/core/batch/bzip2/lane-choice.ts';
import { expandRuns } from '../../../../../src/core/batch/bzip2/runs.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { craftedBlock, runOf } from '../../../../support/bzip2/crafted-block.ts';
import { blockOf } from '../../../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../../../support/bzip2/made-stream.ts';
import { AlwaysTogether, decoderModule } from '../../../../support/unpackers.ts';

function packed({ bytes, bits }: MadeBlock, firstBit = 0): PackedBlock {
  const shifted = BigInt(`0x${bytes.toString('hex')}00`) >> BigInt(firstBit);
  const length = (bytes.length + 1) * 2;
  const moved = Buffer.from(shifted.toString(16).padStart(length, '0'), 'hex');
  return { bytes: moved, firstBit, endBit: firstBit + bits };
}

function plainOf(result: BlockResult | undefined): Buffer {
  assert.ok(result?.verdict === 'fine');
  const plain = Buffer.concat(result.hasPackedRuns ? [...expandRuns(result.text)] : [result.text]);
  assert.equal(plain.length, result.size);
  return plain;
}

describe('BlockUnpacker', () => {
  let unpacker: BlockUnpacker;
  before(() => {
    unpacker = new BlockUnpacker(decoderModule(), new AlwaysTogether());
  });

  /** Of sizes odd and even, short and long, with runs that fill many megabytes, and few values and many. */
  const texts = [
    Buffer.from('a'),
    noise(99_000, 'lanes'),
    Buffer.from('ab'),
    Buffer.alloc(3_000_000, 'r'),
    noise(1001, 'lanes'),
    Buffer.from('{"id":"a"}\n'.repeat(999)),
    Buffer.from('abc'),
  ];
  const blocks = texts.map(blockOf);

  for (const [how, choice] of [
    ['together', new AlwaysTogether()],
    ['as it likes', new LaneChoice()],
  ] as const) {
    it(`unpacks blocks ${how}, whichever they are, each to its own text`, () => {
      const free = new BlockUnpacker(decoderModule(), choice);
      for (let count = 1; count <= LANES; count++) {
        for (let first = 0; first < blocks.length; first++) {
          const places = Array.from({ length: count }, (_, at) => (first + at * 2) % blocks.length);
          const group = places.flatMap((place) => blocks[place] ?? []).map((block) => packed(block));
          const results = free.unpack(group);
          assert.equal(results.length, count);
          for (const [at, place] of places.entries())
            assert.ok(
              plainOf(results[at]).equals(texts[place] ?? Buffer.alloc(0)),
              `${String(place)} ${how}`,
            );
        }
      }
    });
  }

  it('unpacks a block that begins at any bit', () => {
    for (const [at, block] of blocks.entries()) {
      if (block.bytes.length > 2000) continue;
      for (let bit = 0; bit < 8; bit++) {
        const [result] = unpacker.unpack([packed(block, bit)]);
        assert.ok(plainOf(result).equals(texts[at] ?? Buffer.alloc(0)));
        assert.ok(result?.verdict === 'fine');
        assert.deepEqual([result.endBit, result.crc], [bit + block.bits, block.crc]);
      }
    }
  });

  it('keeps the runs packed where they would be many bytes', () => {
    const [long, short] = unpacker.unpack(
      [Buffer.alloc(3_000_000, 'r'), Buffer.alloc(1_000_000, 'r')].map(blockOf).map((block) => packed(block)),
    );
    assert.ok(long?.verdict === 'fine' && short?.verdict === 'fine');
    assert.deepEqual([long.hasPackedRuns, long.size, long.symbols], [true, 3_000_000, long.text.length]);
    assert.deepEqual([short.hasPackedRuns, short.size, short.text.length], [false, 1_000_000, 1_000_000]);
  });

  const good = blockOf(Buffer.from('good'));
  const text = blockOf(noise(3000, 'bad'));

  it('says tooShort of a block that is cut anywhere, and damaged of one that is wrong', () => {
    for (let endBit = 48; endBit < text.bits; endBit += 11) {
      const bytes = text.bytes.subarray(0, Math.ceil(endBit / 8));
      assert.deepEqual(
        unpacker.unpack([{ bytes, firstBit: 0, endBit }]),
        [{ verdict: 'tooShort' }],
        String(endBit),
      );
    }
    const wrong = Buffer.from(text.bytes);
    wrong.writeUInt32BE(0, 6);
    assert.deepEqual(unpacker.unpack([{ ...packed(text), bytes: wrong }]), [{ verdict: 'damaged' }]);
  });

  it('is not misled by what an earlier block left', () => {
    // The bits behind the cut are such as selectors and code lengths can be made of, however many.
    const left = Buffer.alloc(MAX_BLOCK_BYTES, 0b10111011);
    text.bytes.copy(left, 0, 0, 60);
    const greedy = craftedBlock(Buffer.alloc(100, 9), { selectors: 32_767 });
    for (let cut = 5; cut < 4200; cut += 83) {
      unpacker.unpack([{ bytes: left, firstBit: 0, endBit: MAX_BLOCK_BYTES * 8 }]);
      const bytes = greedy.bytes.subarray(0, cut);
      assert.deepEqual(unpacker.unpack([{ bytes, firstBit: 0, endBit: cut * 8 }]), [{ verdict: 'tooShort' }]);
    }
    assert.ok(plainOf(unpacker.unpack([packed(greedy)])[0]).equals(greedy.plain));
  });

  it('gives the good ones of a group, whatever the others are', () => {
    const bad: readonly PackedBlock[] = [
      { bytes: text.bytes.subarray(0, 999), firstBit: 0, endBit: 999 * 8 },
      { bytes: noise(5000, 'bad'), firstBit: 3, endBit: 40_000 },
      { bytes: Buffer.alloc(MAX_BLOCK_BYTES + 1), firstBit: 0, endBit: 999 },
      { bytes: Buffer.alloc(9_000_000), firstBit: 0, endBit: 999 },
      { bytes: Buffer.alloc(0), firstBit: 0, endBit: 0 },
      // Of more symbols than there is room for, by a run or by single ones.
      packed(craftedBlock(Uint8Array.from([...runOf(800_000), 9, ...runOf(800_000)]))),
      packed(
        craftedBlock(Uint8Array.from([...runOf(900_000), ...noise(60_000).map((byte) => 2 + (byte % 250))])),
      ),
      { bytes: Buffer.alloc(100, 255), firstBit: 7, endBit: 800 },
    ];
    for (const one of bad) {
      for (let place = 0; place < LANES; place++) {
        const group = Array.from({ length: LANES }, (_, at) => (at === place ? one : packed(good)));
        for (const [at, result] of unpacker.unpack(group).entries()) {
          if (at === place) assert.notEqual(result.verdict, 'fine');
          else assert.equal(plainOf(result).toString(), 'good');
        }
      }
    }
  });

  it('unpacks no blocks to nothing', () => {
    assert.deepEqual(unpacker.unpack([]), []);
  });
});
