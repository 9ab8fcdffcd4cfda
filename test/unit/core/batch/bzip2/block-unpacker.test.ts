import assert from 'node:assert/strict';
import type { BlockResult, PackedBlock } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import { MAX_BLOCK_BYTES } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import { BlockUnpacker } from '../../../../../src/core/batch/bzip2/block-unpacker.ts';
import { expandRuns } from '../../../../../src/core/batch/bzip2/runs.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { craftedBlock, runOf } from '../../../../support/bzip2/crafted-block.ts';
import { blockOf } from '../../../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../../../support/bzip2/made-stream.ts';
import { decoderModule } from '../../../../support/unpackers.ts';

function packed({ bytes, bits }: MadeBlock, firstBit = 0): PackedBlock {
  const shifted = BigInt(`0x${bytes.toString('hex')}00`) >> BigInt(firstBit);
  const length = (bytes.length + 1) * 2;
  const moved = Buffer.from(shifted.toString(16).padStart(length, '0'), 'hex');
  return { bytes: moved, firstBit, endBit: firstBit + bits };
}

function plainOf(result: BlockResult): Buffer {
  assert.ok(result.verdict === 'fine');
  const plain = Buffer.concat(result.hasPackedRuns ? [...expandRuns(result.text)] : [result.text]);
  assert.equal(plain.length, result.size);
  return plain;
}

describe('BlockUnpacker', () => {
  let unpacker: BlockUnpacker;
  before(() => {
    unpacker = new BlockUnpacker(decoderModule());
  });

  /** Of sizes odd and even, short and long, with runs that fill many megabytes, and few values and many. */
  const texts = [
    Buffer.from('a'),
    noise(99_000, 'block'),
    Buffer.from('ab'),
    Buffer.alloc(3_000_000, 'r'),
    noise(1001, 'block'),
    Buffer.from('{"id":"a"}\n'.repeat(999)),
    Buffer.from('abc'),
  ];
  const blocks = texts.map(blockOf);

  it('unpacks blocks in any order, each to its own text', () => {
    for (let first = 0; first < blocks.length; first++) {
      for (let second = 0; second < blocks.length; second++) {
        for (const place of [first, second]) {
          const [block, text] = [blocks[place], texts[place]];
          assert.ok(block !== undefined && text !== undefined);
          assert.ok(plainOf(unpacker.unpack(packed(block))).equals(text), String(place));
        }
      }
    }
  });

  it('unpacks a block that begins at any bit', () => {
    for (const [at, block] of blocks.entries()) {
      if (block.bytes.length > 2000) continue;
      for (let bit = 0; bit < 8; bit++) {
        const result = unpacker.unpack(packed(block, bit));
        assert.ok(plainOf(result).equals(texts[at] ?? Buffer.alloc(0)));
        assert.ok(result.verdict === 'fine');
        assert.deepEqual([result.endBit, result.crc], [bit + block.bits, block.crc]);
      }
    }
  });

  it('keeps the runs packed where they would be many bytes', () => {
    const long = unpacker.unpack(packed(blockOf(Buffer.alloc(3_000_000, 'r'))));
    const short = unpacker.unpack(packed(blockOf(Buffer.alloc(1_000_000, 'r'))));
    assert.ok(long.verdict === 'fine' && short.verdict === 'fine');
    assert.deepEqual([long.hasPackedRuns, long.size, long.symbols], [true, 3_000_000, long.text.length]);
    assert.deepEqual([short.hasPackedRuns, short.size, short.text.length], [false, 1_000_000, 1_000_000]);
  });

  const good = blockOf(Buffer.from('good'));
  const text = blockOf(noise(3000, 'bad'));

  it('says tooShort of a block that is cut anywhere, and damaged of one that is wrong', () => {
    for (let endBit = 48; endBit < text.bits; endBit += 11) {
      const bytes = text.bytes.subarray(0, Math.ceil(endBit / 8));
      assert.deepEqual(
        unpacker.unpack({ bytes, firstBit: 0, endBit }),
        { verdict: 'tooShort' },
        String(endBit),
      );
    }
    const wrong = Buffer.from(text.bytes);
    wrong.writeUInt32BE(0, 6);
    assert.deepEqual(unpacker.unpack({ ...packed(text), bytes: wrong }), { verdict: 'damaged' });
  });

  it('is not misled by what an earlier block left', () => {
    // The bits behind the cut are such as selectors and code lengths can be made of, however many.
    const left = Buffer.alloc(MAX_BLOCK_BYTES, 0b10111011);
    text.bytes.copy(left, 0, 0, 60);
    const greedy = craftedBlock(Buffer.alloc(100, 9), { selectors: 32_767 });
    for (let cut = 5; cut < 4200; cut += 83) {
      unpacker.unpack({ bytes: left, firstBit: 0, endBit: MAX_BLOCK_BYTES * 8 });
      const bytes = greedy.bytes.subarray(0, cut);
      assert.deepEqual(unpacker.unpack({ bytes, firstBit: 0, endBit: cut * 8 }), { verdict: 'tooShort' });
    }
    assert.ok(plainOf(unpacker.unpack(packed(greedy))).equals(greedy.plain));
  });

  it('refuses what is no block, and unpacks the next one', () => {
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
      assert.notEqual(unpacker.unpack(one).verdict, 'fine');
      assert.equal(plainOf(unpacker.unpack(packed(good))).toString(), 'good');
    }
  });
});
