import assert from 'node:assert/strict';
import type { PackedBlock } from '../../../src/core/batch/bzip2/block-crew.ts';
import { ParallelUnpacker } from '../../../src/core/batch/bzip2/parallel-unpacker.ts';
import { compressBzip2 } from '../../../src/sample/bzip2/compress-bzip2.ts';
import { DecoderThreads } from '../../../src/worker/decoder-threads.ts';
import { noise } from '../../support/bzip2/corpus.ts';
import { blockOf, blockOfZeros, streamOf } from '../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../support/bzip2/made-stream.ts';
import { useStartedThreads } from '../../support/started-threads.ts';
import { chunksOf, piecesOf, readAll } from '../../support/streams.ts';
import { useWorkerBundle } from '../../support/worker-bundle.ts';

const TEXTS = Array.from({ length: 60 }, (_, at) => noise(1 + ((at * 4001) % 9000), 'threads', at));
const PLAIN = Buffer.concat(TEXTS);
const PACKED = streamOf(1, TEXTS.map(blockOf));

function packedBlock({ bytes, bits }: MadeBlock): PackedBlock {
  return { bytes, firstBit: 0, endBit: bits };
}

const SHORT = packedBlock(blockOf(Buffer.from('short')));
/** Takes long enough to be caught at it. */
const LONG = packedBlock(blockOfZeros(60_000));

describe('DecoderThreads', () => {
  const bundles = useWorkerBundle();
  const started = useStartedThreads();
  let threads: DecoderThreads | undefined;
  const start = async (size: number): Promise<DecoderThreads> => {
    threads = await DecoderThreads.start(bundles(), size);
    return threads;
  };
  afterEach(async () => {
    await threads?.end();
    assert.ok(started().every(({ isAlive }) => !isAlive));
  });

  for (const size of [1, 2, 3]) {
    it(`gives the blocks of a stream in order, with ${String(size)} threads`, async () => {
      const unpacker = new ParallelUnpacker(await start(size));
      const plain = await readAll(unpacker.unpack(chunksOf(...piecesOf(PACKED, 65_536))));
      assert.ok(plain.equals(PLAIN));
      assert.equal(started().length, size);
    });
  }

  it('unpacks several files at once, some of many streams', async () => {
    const unpacker = new ParallelUnpacker(await start(2));
    const few = TEXTS.slice(0, 20);
    const streams = Buffer.concat([...few.map((text) => compressBzip2(text, 1)), PACKED]);
    const files = await Promise.all(
      [streams, PACKED, streams].map((packed) => readAll(unpacker.unpack(chunksOf(packed)))),
    );
    const plain = Buffer.concat([...few, PLAIN]);
    assert.ok(files[0]?.equals(plain) === true && files[2]?.equals(plain) === true);
    assert.ok(files[1]?.equals(PLAIN));
  });

  it('starts with two threads, and takes another when there is work for it', async () => {
    const crew = await start(3);
    assert.equal((await crew.unpack(SHORT)).verdict, 'fine');
    assert.equal(started().length, 2);
    await Promise.all([LONG, LONG, LONG, LONG].map((block) => crew.unpack(block)));
    assert.equal(started().length, 3);
  });

  it('ends at once, whatever it is doing, and settles every block it was given', async () => {
    const crew = await start(2);
    const given = Array.from({ length: 60 }, () => crew.unpack(LONG));
    const settled = Promise.allSettled(given);
    await Promise.race(given);
    const from = performance.now();
    await crew.end();
    const left = (await settled).filter(({ status }) => status === 'rejected');
    const took = performance.now() - from;
    assert.ok(took < 500, `it took ${String(took)} ms`);
    assert.ok(left.length > 20);
    assert.ok(started().every(({ isAlive }) => !isAlive));
  });

  it('takes nothing after its end, and starts no thread for it', async () => {
    const crew = await start(3);
    const busy = assert.rejects(crew.unpack(LONG), /ended/u);
    const ending = crew.end();
    await assert.rejects(crew.unpack(SHORT), /ended/u);
    await Promise.all([busy, ending]);
    await assert.rejects(crew.unpack(SHORT), /ended/u);
    assert.equal(started().length, 2);
  });

  for (const size of [1, 2]) {
    it(`rejects what a thread had that died, and leaves nothing waiting, with ${String(size)} threads`, async () => {
      const crew = await start(size);
      const given = Array.from({ length: 40 }, () => crew.unpack(LONG));
      const settled = Promise.allSettled(given);
      await Promise.race(given);
      assert.equal(started().length, size);
      await started()[0]?.worker.terminate();
      const results = await settled;
      assert.ok(results.some(({ status }) => status === 'fulfilled'));
      assert.ok(results.some(({ status }) => status === 'rejected'));
      await assert.rejects(crew.unpack(SHORT), /a decoder thread ended/u);
    });
  }

  it('rejects the file of which a thread had a block when it died', async () => {
    const crew = await start(2);
    const packed = streamOf(9, Array<MadeBlock>(40).fill(blockOfZeros(60_000)));
    const reading = (async () => {
      for await (const plain of new ParallelUnpacker(crew).unpack(chunksOf(packed))) {
        assert.ok(plain.length > 0);
        await started()[0]?.worker.terminate();
      }
    })();
    await assert.rejects(reading, /a decoder thread ended/u);
  });
});
