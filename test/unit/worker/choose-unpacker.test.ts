import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withUnpacker } from '../../../src/worker/choose-unpacker.ts';
import { CrewKeeper } from '../../../src/worker/crew-keeper.ts';
import { DECODER_MODULE, DECODER_SCRIPT } from '../../../src/worker/decoder-threads.ts';
import type { DecoderChoice } from '../../../src/worker/protocol.ts';
import { noise } from '../../support/bzip2/corpus.ts';
import { blockOf, blockOfZeros, streamOf } from '../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../support/bzip2/made-stream.ts';
import { useStartedThreads } from '../../support/started-threads.ts';
import { chunksOf, readAll } from '../../support/streams.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { useWorkerBundle } from '../../support/worker-bundle.ts';

const TEXTS = Array.from({ length: 20 }, (_, at) => noise(500 * at + 1, 'choose', at));
const PACKED = streamOf(1, TEXTS.map(blockOf));
const PLAIN = Buffer.concat(TEXTS);

describe('withUnpacker', () => {
  const bundles = useWorkerBundle();
  const broken = useTempFolder();
  const started = useStartedThreads();
  const warnings: string[] = [];
  let crews: CrewKeeper | undefined;
  /** The same for all of a test, as in one thread. */
  const crewsIn = (folder: string): CrewKeeper => (crews ??= new CrewKeeper(folder));
  beforeEach(() => {
    warnings.length = 0;
  });
  afterEach(async () => {
    await crews?.end();
    crews = undefined;
    assert.ok(
      started().every(({ isAlive }) => !isAlive),
      'a thread was left behind',
    );
  });

  /** Unpacks `packed` three times over, as the members of a package are. */
  async function unpackThrice(choice: DecoderChoice, folder: string, packed = PACKED): Promise<Buffer[]> {
    const { signal } = new AbortController();
    const warn = (sentence: string): void => void warnings.push(sentence);
    return withUnpacker({ crews: crewsIn(folder), choice, signal, warn }, async (unpacker) => {
      const files: Buffer[] = [];
      for (let times = 0; times < 3; times++) files.push(await readAll(unpacker.unpack(chunksOf(packed))));
      return files;
    });
  }

  it('lends threads out, the same for every file and for the next job', async () => {
    for (let job = 0; job < 2; job++)
      for (const plain of await unpackThrice('parallel', bundles())) assert.ok(plain.equals(PLAIN));
    assert.ok(started().length > 0 && started().length <= 4);
    assert.ok(started().every(({ isAlive }) => isAlive));
    assert.deepEqual(warnings, []);
  });

  it('starts others where one is gone meanwhile', async () => {
    await unpackThrice('parallel', bundles());
    const [first, ...others] = started();
    await first?.worker.terminate();
    for (const plain of await unpackThrice('parallel', bundles())) assert.ok(plain.equals(PLAIN));
    assert.ok(others.every(({ isAlive }) => !isAlive));
    assert.deepEqual(warnings, []);
  });

  it('starts no thread where the portable decoder is chosen', async () => {
    for (const plain of await unpackThrice('portable', bundles())) assert.ok(plain.equals(PLAIN));
    assert.equal(started().length, 0);
    assert.deepEqual(warnings, []);
  });

  it('says once for each file that bytes behind it were left out', async () => {
    const packed = Buffer.concat([PACKED, Buffer.from('more')]);
    for (const plain of await unpackThrice('parallel', bundles(), packed)) assert.ok(plain.equals(PLAIN));
    assert.deepEqual(warnings, Array(3).fill('Bytes behind the last bzip2 stream were left out.'));
  });

  const failures: readonly (readonly [what: string, prepare: (from: string, to: string) => Promise<void>])[] =
    [
      [
        'there is no WebAssembly',
        (from, to) => copyFile(join(from, DECODER_SCRIPT), join(to, DECODER_SCRIPT)),
      ],
      ['there is no script', (from, to) => copyFile(join(from, DECODER_MODULE), join(to, DECODER_MODULE))],
      [
        'the WebAssembly is damaged',
        async (from, to) => {
          await copyFile(join(from, DECODER_SCRIPT), join(to, DECODER_SCRIPT));
          await writeFile(join(to, DECODER_MODULE), 'no module');
        },
      ],
      [
        'the thread fails as it starts',
        async (from, to) => {
          await copyFile(join(from, DECODER_MODULE), join(to, DECODER_MODULE));
          await writeFile(join(to, DECODER_SCRIPT), `throw new Error('no memory');`);
        },
      ],
      [
        'the thread ends before it can unpack',
        async (from, to) => {
          await copyFile(join(from, DECODER_MODULE), join(to, DECODER_MODULE));
          await writeFile(join(to, DECODER_SCRIPT), 'process.exit(1);');
        },
      ],
    ];
  for (const [what, prepare] of failures) {
    it(`takes the portable decoder, and says so once, where ${what}`, async () => {
      await prepare(bundles(), broken());
      for (const plain of await unpackThrice('parallel', broken())) assert.ok(plain.equals(PLAIN));
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', /^The parallel decoder cannot start, the portable one is used: /u);
    });
  }

  it('ends everything within half a second of an abort, also in the midst of a block', async () => {
    const packed = streamOf(9, Array<MadeBlock>(60).fill(blockOfZeros(60_000)));
    const controller = new AbortController();
    const { signal } = controller;
    const options = { crews: crewsIn(bundles()), choice: 'parallel', signal, warn: () => undefined } as const;
    let from = 0;
    const job = withUnpacker(options, async (unpacker) => {
      for await (const plain of unpacker.unpack(chunksOf(packed))) {
        assert.ok(plain.length > 0);
        from ||= performance.now();
        controller.abort();
      }
    });
    await assert.rejects(job, /ended/u);
    const took = performance.now() - from;
    assert.ok(from > 0 && took < 500, `it took ${String(took)} ms`);
    console.log(`      aborted and gone within ${took.toFixed(0)} ms`);
  });

  it('ends the threads when the job fails before they were needed', async () => {
    const { signal } = new AbortController();
    const options = { crews: crewsIn(bundles()), choice: 'parallel', signal, warn: () => undefined } as const;
    await assert.rejects(
      withUnpacker(options, () => Promise.reject(new Error('no such batch'))),
      /no such batch/u,
    );
    assert.ok(started().every(({ isAlive }) => !isAlive));
    assert.equal(started().length, 2);
  });

  it('ends the threads of a job that is aborted while they start', async () => {
    const options = { crews: crewsIn(bundles()), choice: 'parallel', warn: () => undefined } as const;
    const controller = new AbortController();
    const job = withUnpacker({ ...options, signal: controller.signal }, async (unpacker) => {
      controller.abort();
      return readAll(unpacker.unpack(chunksOf(PACKED)));
    });
    await assert.rejects(job, /ended/u);
  });
});
