import assert from 'node:assert/strict';
import { MAX_BLOCK_BYTES } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { blockCrc } from '../../../../../src/sample/bzip2/block-crc.ts';
import { LEAST_SYMBOL, MOST_SYMBOL, craftedBlock, runOf } from '../../../../support/bzip2/crafted-block.ts';
import type { Craft } from '../../../../support/bzip2/crafted-block.ts';
import { everyPair, noise } from '../../../../support/bzip2/corpus.ts';
import { blockOfText, streamOf } from '../../../../support/bzip2/made-stream.ts';
import { expandedRuns } from '../../../../support/bzip2/reference.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { hasSystemBzip2, systemUnpacked } from '../../../../support/bzip2/system-bzip2.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

/** Symbols without order, of all a crafted block can have. */
function symbols(length: number): Uint8Array {
  return noise(length, 'symbols').map((byte) => LEAST_SYMBOL + (byte % (MOST_SYMBOL - LEAST_SYMBOL + 1)));
}

describe('a block at the edge of the format', () => {
  let unpacker: Unpacker;
  before(() => {
    unpacker = parallel();
  });

  async function assertGives(plain: Buffer, packed: Buffer): Promise<void> {
    const ours = await outcomeOf(unpacker, packed);
    assert.equal(ours.verdict, 'fine');
    assert.ok(ours.plain.equals(plain));
    if (hasSystemBzip2) assert.ok(systemUnpacked(packed)?.equals(plain));
  }

  async function assertRefused(packed: Buffer, alsoBy: 'all' | 'bzip2' | 'none'): Promise<void> {
    assert.deepEqual(await outcomeOf(unpacker, packed), { verdict: 'corrupt', plain: Buffer.alloc(0) });
    if (alsoBy === 'all') assert.equal((await outcomeOf(portable, packed)).verdict, 'corrupt');
    if (alsoBy !== 'none' && hasSystemBzip2) assert.equal(systemUnpacked(packed), undefined);
  }

  it('has as many symbols as its stream allows', async () => {
    for (const size of [99_999, 100_000]) {
      const block = craftedBlock(symbols(size));
      await assertGives(block.plain, streamOf(1, [block]));
    }
  });

  it('has more symbols than its stream allows, and is refused', async () => {
    const block = craftedBlock(symbols(100_001));
    await assertGives(block.plain, streamOf(2, [block]));
    await assertRefused(streamOf(1, [block]), 'all');
  });

  it('has a run of more symbols than any block, and is refused', async () => {
    const before = [5, 6, 7, 8, 9, 10];
    const digits = [20, 31, 32, 33, 64].map((count) => Array<number>(count).fill(1));
    for (const run of [runOf(899_995), ...digits])
      await assertRefused(streamOf(9, [craftedBlock(Uint8Array.from([...before, ...run, 9]))]), 'all');
    const most = craftedBlock(Uint8Array.from([...before, ...runOf(899_994)]));
    await assertGives(most.plain, streamOf(9, [most]));
  });

  it('ends with a run that lacks its count', async () => {
    const plain = Buffer.from('xaaaa');
    const packed = streamOf(1, [blockOfText(plain, blockCrc(plain, 0, 5))]);
    for (const decoder of [unpacker, portable])
      assert.deepEqual(await outcomeOf(decoder, packed), { verdict: 'fine', plain });
    // Nobody writes this; bzip2 takes it for damage.
    if (hasSystemBzip2) assert.equal(systemUnpacked(packed), undefined);
  });

  it('has the most symbols, with the longest codes', async () => {
    const block = craftedBlock(symbols(900_000), { codeBits: 20 });
    assert.ok(block.bytes.length > 2_250_000 && block.bytes.length < MAX_BLOCK_BYTES);
    await assertGives(block.plain, streamOf(9, [block]));
  });

  it('has every pair of bytes, so that most of them have no code', async () => {
    const text = Buffer.concat([everyPair(256), noise(200_000, 'pairs'), everyPair(64), everyPair(40)]);
    const plain = expandedRuns(text);
    await assertGives(plain, streamOf(9, [blockOfText(text, blockCrc(plain, 0, plain.length))]));
  });

  it('has an order that no text gives, of several rings', async () => {
    for (let size = 1; size < 300; size += 13) {
      for (const origin of [0, size >> 1, size - 1]) {
        const block = craftedBlock(symbols(size), { origin });
        for (const decoder of [unpacker, portable])
          assert.ok((await outcomeOf(decoder, streamOf(1, [block]))).plain.equals(block.plain));
      }
    }
  });

  const codes: readonly (readonly [what: string, craft: Craft])[] = [
    ['codes of 9 bits', { codeBits: 9 }],
    ['codes of 10 bits', { codeBits: 10 }],
    ['codes of 11 bits', { codeBits: 11 }],
    ['codes of 20 bits', { codeBits: 20 }],
    ['the most selectors that mean something', { selectors: 18_002 }],
    ['more selectors than it can use', { selectors: 18_003 }],
    ['as many selectors as can be said', { selectors: 32_767 }],
  ];
  for (const [what, craft] of codes) {
    it(`has ${what}`, async () => {
      const block = craftedBlock(symbols(1234), craft);
      await assertGives(Buffer.concat([block.plain, block.plain]), streamOf(1, [block, block]));
      assert.ok((await outcomeOf(portable, streamOf(1, [block]))).plain.equals(block.plain));
    });
  }

  const wrong: readonly (readonly [what: string, craft: Craft, alsoBy: 'all' | 'bzip2' | 'none'])[] = [
    ['an origin behind its last row', { origin: 1234 }, 'all'],
    ['an origin far behind', { origin: 0xffffff }, 'all'],
    ['selectors for fewer symbols than it has', { selectors: 24 }, 'all'],
    ['no selectors', { selectors: 0 }, 'all'],
    ['more codes than there can be of their length', { codeBits: 7 }, 'none'],
    ['such codes in a table it does not use', { unusedCodeBits: 7 }, 'none'],
    ['codes of 21 bits', { codeBits: 21 }, 'all'],
    ['codes of no bits', { codeBits: 0 }, 'all'],
    // Nobody has written such blocks since 1999; bzip2 itself still reads them.
    ['the mark of a block whose bytes were disarranged', { isRandomised: true }, 'all'],
  ];
  for (const [what, craft, alsoBy] of wrong) {
    it(`has ${what}, and is refused`, async () => {
      await assertRefused(streamOf(1, [craftedBlock(symbols(1234), craft)]), alsoBy);
    });
  }
});
