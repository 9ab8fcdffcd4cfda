import assert from 'node:assert/strict';
import { OutputLimit } from '../../../../../src/core/batch/bzip2/output-limit.ts';
import { PortableUnpacker } from '../../../../../src/core/batch/bzip2/portable-unpacker.ts';
import { hasCode } from '../../../../../src/core/common/errors.ts';
import { blockOfZeros, streamOf } from '../../../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../../../support/bzip2/made-stream.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { allOf, chunksOf, piecesOf, readAll } from '../../../../support/streams.ts';
import { parallel } from '../../../../support/unpackers.ts';

const MEGABYTE = 1024 * 1024;
/** What is given out and not collected yet counts as well. */
const LITTLE = 192 * MEGABYTE;
const isTooLarge = (error: unknown): boolean => hasCode(error, 'tooLarge');

describe('OutputLimit', () => {
  it('passes what it counts on', async () => {
    const chunks = [Buffer.from('ab'), Buffer.from('c')];
    assert.deepEqual(await allOf(new OutputLimit().counting(chunksOf(...chunks))), chunks);
  });

  it('lets through what is free and 250 times what came in, and not a byte more', async () => {
    const limit = new OutputLimit(1000);
    limit.add(900);
    limit.add(100);
    await readAll(limit.counting(chunksOf(Buffer.alloc(3), Buffer.alloc(1))));
    limit.add(1000);
    assert.throws(() => {
      limit.add(1);
    }, isTooLarge);
  });
});

describe('a file made to fill a disk', () => {
  it('is stopped with tooLarge, in little memory', async () => {
    const block = blockOfZeros(180_000);
    assert.ok(block.bytes.length < 100);
    // 46 GB out of 48 KB.
    const bomb = streamOf(9, Array(1000).fill(block));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let size = 0;
    const reading = (async () => {
      for await (const piece of parallel().unpack(chunksOf(...piecesOf(bomb, 1000)))) {
        size += piece.length;
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }
    })();
    await assert.rejects(reading, isTooLarge);
    assert.ok(size > 200 * MEGABYTE && size < 280 * MEGABYTE, `${String(size)} bytes came out`);
    assert.ok(most - before < LITTLE, `${String(most - before)} bytes were held`);
  });

  it('is stopped by the portable decoder too, though it comes in one piece', async () => {
    const bomb = streamOf(1, Array<MadeBlock>(1000).fill(blockOfZeros(2000)));
    const before = process.memoryUsage().arrayBuffers;
    const { verdict } = await outcomeOf(new PortableUnpacker(MEGABYTE), bomb);
    assert.equal(verdict, 'tooLarge');
    const held = process.memoryUsage().arrayBuffers - before;
    assert.ok(held < LITTLE, `${String(held)} bytes were held`);
  });
});
