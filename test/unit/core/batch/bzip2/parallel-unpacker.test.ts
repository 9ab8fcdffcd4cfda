import assert from 'node:assert/strict';
import type { BlockCrew } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import { ParallelUnpacker } from '../../../../../src/core/batch/bzip2/parallel-unpacker.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { blockOf, streamOf } from '../../../../support/bzip2/made-stream.ts';
import { chunksOf, piecesOf, readAll } from '../../../../support/streams.ts';
import { refuseUnhandledRejections, settled } from '../../../../support/unhandled-rejections.ts';
import { LocalCrew } from '../../../../support/unpackers.ts';

const TEXTS = Array.from({ length: 60 }, (_, at) => noise(900 + at, 'parallel', at));
const PACKED = streamOf(1, TEXTS.map(blockOf));

/** Counts what it is asked for, and ends as it is told. */
class Source {
  given = 0;
  isEnded = false;

  async *chunks(end: () => Promise<void> = () => Promise.resolve()): AsyncGenerator<Buffer> {
    try {
      for (const piece of piecesOf(PACKED, 500)) {
        this.given += piece.length;
        await Promise.resolve();
        yield piece;
      }
      await end();
    } finally {
      this.isEnded = true;
    }
  }
}

describe('ParallelUnpacker', () => {
  refuseUnhandledRejections();

  it('gives every block before the source has ended', async () => {
    const source = new Source();
    const plain = new ParallelUnpacker(new LocalCrew()).unpack(
      source.chunks(() => new Promise(() => undefined)),
    );
    for (const text of TEXTS) assert.deepEqual((await plain.next()).value, text);
    assert.ok(!source.isEnded);
  });

  it('reads no further than its crew has blocks, while nobody takes them', async () => {
    const crew = new LocalCrew();
    const source = new Source();
    const plain = new ParallelUnpacker(crew).unpack(source.chunks());
    await settled();
    assert.equal(source.given, 0);
    let most = 0;
    for (let taken = 1; taken <= 30; taken++) {
      await plain.next();
      for (let turn = 0; turn < 10; turn++) await settled();
      most = Math.max(most, source.given - taken * 1000);
    }
    // Packed, noise is a fifth longer; some bytes belong to the block that is not whole yet.
    assert.ok(most > 0 && most < (crew.appetite + 2) * 1400, `${String(most)} bytes`);
    await plain.return(undefined);
  });

  it('takes blocks back in order, whichever is done first', async () => {
    const local = new LocalCrew();
    let calls = 0;
    const late: BlockCrew = {
      appetite: 9,
      unpack: async (block) => {
        const turns = 5 - (calls++ % 6);
        const result = await local.unpack(block);
        for (let turn = 0; turn < turns; turn++) await settled();
        return result;
      },
    };
    const plain = await readAll(new ParallelUnpacker(late).unpack(chunksOf(PACKED)));
    assert.ok(plain.equals(Buffer.concat(TEXTS)));
  });

  it('ends its source when nobody reads on', async () => {
    const source = new Source();
    for await (const plain of new ParallelUnpacker(new LocalCrew()).unpack(source.chunks())) {
      assert.deepEqual(plain, TEXTS[0]);
      break;
    }
    for (let turn = 0; turn < 50; turn++) await settled();
    assert.ok(source.isEnded);
    assert.ok(source.given < PACKED.length);
  });

  it('ends its source when a block is damaged', async () => {
    const source = new Source();
    const unpacker = new ParallelUnpacker({
      appetite: 4,
      unpack: () => Promise.resolve({ verdict: 'damaged' }),
    });
    await assert.rejects(readAll(unpacker.unpack(source.chunks())), { code: 'corrupt' });
    for (let turn = 0; turn < 50; turn++) await settled();
    assert.ok(source.isEnded);
    assert.ok(source.given < PACKED.length);
  });

  it('fails as its source fails, after the blocks before', async () => {
    const broken = new Source().chunks(() => Promise.reject(new Error('the network broke')));
    const given: Buffer[] = [];
    const reading = (async () => {
      for await (const plain of new ParallelUnpacker(new LocalCrew()).unpack(broken)) given.push(plain);
    })();
    await assert.rejects(reading, /the network broke/u);
    assert.ok(Buffer.concat(given).equals(Buffer.concat(TEXTS)));
  });

  it('fails as its crew fails', async () => {
    const local = new LocalCrew();
    let calls = 0;
    const crew: BlockCrew = {
      appetite: 4,
      unpack: (block) => (++calls > 7 ? Promise.reject(new Error('a thread ended')) : local.unpack(block)),
    };
    const given: Buffer[] = [];
    const reading = (async () => {
      for await (const plain of new ParallelUnpacker(crew).unpack(chunksOf(PACKED))) given.push(plain);
    })();
    await assert.rejects(reading, /a thread ended/u);
    assert.equal(given.length, 7);
  });
});
