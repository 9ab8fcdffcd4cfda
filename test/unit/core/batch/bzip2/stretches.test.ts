import assert from 'node:assert/strict';
import { BlockUnpacker } from '../../../../../src/core/batch/bzip2/block-unpacker.ts';
import { expandRuns } from '../../../../../src/core/batch/bzip2/runs.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { LEAST_SYMBOL, craftedBlock, runOf } from '../../../../support/bzip2/crafted-block.ts';
import { blockOf } from '../../../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../../../support/bzip2/made-stream.ts';
import { decoderModule } from '../../../../support/unpackers.ts';

/** The decoder cuts the chain of a block into one stretch in so many symbols, see `src/wasm/stretches.ts`. */
const STRETCH = 8192;

describe('the stretches of a block', () => {
  let unpacker: BlockUnpacker;
  before(() => {
    unpacker = new BlockUnpacker(decoderModule());
  });

  function assertUnpacks({ bytes, bits }: MadeBlock, text: Buffer, what: string): void {
    const result = unpacker.unpack({ bytes: Buffer.from(bytes), firstBit: 0, endBit: bits });
    assert.ok(result.verdict === 'fine', `${what}: ${result.verdict}`);
    const plain = result.hasPackedRuns ? Buffer.concat([...expandRuns(result.text)]) : result.text;
    assert.ok(text.equals(plain), what);
  }

  it('are joined to the text at every size around where there is one more', () => {
    for (const stretches of [1, 2, 5]) {
      for (let size = stretches * STRETCH - 4; size <= stretches * STRETCH + 4; size++) {
        const text = noise(size, 'stretches');
        assertUnpacks(blockOf(text), text, String(size));
      }
    }
  });

  it('are joined again and again where a text repeats itself', () => {
    for (const period of [1, 2, 3, 4, 5, 7, 64, 4999, 5000, 9999]) {
      for (const repeats of [2, 5]) {
        const size = Math.max(3 * STRETCH, period * repeats);
        const text = Buffer.alloc(size - (size % period), noise(period, 'period'));
        assertUnpacks(blockOf(text), text, `${String(period)} × ${String(text.length / period)}`);
      }
    }
  });

  it('may begin beside each other, and where the text does', () => {
    const text = noise(3 * STRETCH, 'beside');
    const column = Uint8Array.from(text, (byte) => LEAST_SYMBOL + (byte % 250));
    const stretches = Math.floor(column.length / STRETCH) + 1;
    const firsts = Array.from({ length: stretches }, (_, at) => at * Math.floor(column.length / stretches));
    const origins = firsts.flatMap((row) => [row - 1, row, row + 1]).filter((row) => row >= 0);
    for (const origin of [...origins, column.length - 1]) {
      const block = craftedBlock(column, { origin });
      assertUnpacks(block, block.plain, String(origin));
    }
  });

  it('need not all belong to the text: rows may lie on rings that it does not touch', () => {
    for (let seed = 0; seed < 12; seed++) {
      const column = Uint8Array.from(
        noise(2 * STRETCH + seed, String(seed)),
        (byte) => LEAST_SYMBOL + (byte % (seed + 1)),
      );
      for (const origin of [0, 1, STRETCH, column.length - 1 - seed]) {
        const block = craftedBlock(column, { origin });
        assertUnpacks(block, block.plain, `${String(seed)} at ${String(origin)}`);
      }
    }
  });

  it('are each a ring of one row where all bytes are the same', () => {
    const block = craftedBlock(Uint8Array.from(runOf(3 * STRETCH)), { origin: STRETCH });
    assertUnpacks(block, block.plain, 'one value');
  });
});
