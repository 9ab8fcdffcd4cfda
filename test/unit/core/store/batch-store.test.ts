import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VtFeedsError, hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { openBatch } from '../../../../src/core/reading/open-batch.ts';
import type { BatchReader } from '../../../../src/core/store/batch-reader.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { CODECS, preferredCodec } from '../../../../src/core/store/frame-codec.ts';
import { batchPath, indexPath } from '../../../../src/core/store/layout.ts';
import { fileRecord, hour, minute } from '../../../support/records.ts';
import { storeBytes, storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const FRAME = 256 * 1024;

async function opened(store: BatchStore, id = ID): Promise<BatchReader> {
  const reader = await store.open(id);
  if (reader === 'noIndex') assert.fail('there is no index');
  return reader;
}

async function allLines(store: BatchStore, id = ID): Promise<Buffer[]> {
  const reader = await opened(store, id);
  return reader.readLines(0, reader.index.records.length);
}

function linesOfSizes(...sizes: readonly number[]): Buffer[] {
  return sizes.map((size, at) => Buffer.alloc(size, String(at % 10)));
}

for (const codec of CODECS) {
  describe(`BatchStore with ${codec.name}`, () => {
    const folder = useTempFolder();
    const storeHere = (): BatchStore => new BatchStore(folder(), '', codec);

    const batches: readonly (readonly [what: string, lines: readonly Buffer[]])[] = [
      ['no records', []],
      ['one record', [Buffer.from('{"id":"a"}')]],
      [
        'records with CR, blanks, NUL and no UTF-8',
        ['{"id":"a"}\r', ' x\t', 'a\0b', '\u00ff\u00c3('].map((text) => Buffer.from(text, 'latin1')),
      ],
      ['an empty record', [Buffer.alloc(0), Buffer.from('b')]],
      ['frames that end exactly at their size', linesOfSizes(FRAME - 1, FRAME - 1, 5)],
      ['a frame one byte short and one byte over', linesOfSizes(FRAME - 2, 0, FRAME, 1)],
      ['a record of several frames between small ones', linesOfSizes(10, 3 * FRAME, 10, FRAME + 1, 10)],
      [
        'many frames of noise',
        Array.from({ length: 40 }, () => Buffer.from(randomBytes(25_000).toString('base64'))),
      ],
    ];
    for (const [what, lines] of batches) {
      it(`gives back every byte of ${what}`, async () => {
        const store = storeHere();
        const index = await storeBytes(store, ID, lines);
        assert.deepEqual(await allLines(store), lines);
        const reader = await opened(store);
        for (const [at, line] of lines.entries()) {
          assert.deepEqual(await reader.readLines(at, at + 1), [line]);
          assert.deepEqual(await reader.readLines(at, at + 2), lines.slice(at, at + 2));
        }
        const plain = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
        assert.deepEqual(await store.loadPlain(ID), plain);
        assert.equal(index.plainSize, plain.length);
        assert.equal(index.fileSize, (await stat(batchPath(folder(), ID, codec))).size);
        assert.deepEqual(await store.find(ID), { ...ID, records: lines.length, bytes: index.fileSize });
      });
    }

    it('cuts frames between records, and starts a new one when one is full', async () => {
      const { frames } = await storeBytes(storeHere(), ID, linesOfSizes(FRAME - 2, 0, FRAME, 1));
      assert.deepEqual(
        frames.map(({ plainAt, plainSize }) => [plainAt, plainSize]),
        [
          [0, FRAME],
          [FRAME, FRAME + 1],
          [2 * FRAME + 1, 2],
        ],
      );
    });

    it('reads no record beyond the last', async () => {
      const store = storeHere();
      await storeLines(store, ID, ['{"id":"a"}']);
      const reader = await opened(store);
      assert.deepEqual(await reader.readLines(1, 5), []);
      assert.deepEqual(await reader.readLines(0, 0), []);
      assert.equal((await reader.readLines(0, 99)).length, 1);
    });

    it('shows nothing before the commit, and nothing after it was taken back', async () => {
      const store = storeHere();
      const writer = await store.create(ID);
      const line = Buffer.from('x'.repeat(FRAME));
      await writer.append(line, factsOf('files', ''));
      assert.equal(await store.find(ID), undefined);
      assert.deepEqual((await store.list()).batches, []);
      await writer.discard();
      assert.deepEqual(await filesUnder(folder()), []);
      await writer.discard();
      await assert.rejects(store.open(ID), (error) => hasCode(error, 'notStored'));
    });

    it('lays a batch and its index at the promised names, and nothing else', async () => {
      await storeLines(storeHere(), ID, ['{"id":"a"}']);
      assert.deepEqual(await filesUnder(folder()), [
        `files/20261122/1003.index.json`,
        `files/20261122/1003${codec.extension}`,
      ]);
    });

    it('reads what the other codec wrote', async () => {
      await storeLines(storeHere(), ID, ['{"id":"a"}']);
      const other = CODECS.find((each) => each !== codec);
      assert.deepEqual((await allLines(new BatchStore(folder(), '', other))).map(String), ['{"id":"a"}']);
    });

    describe('with a damaged batch file', () => {
      const damages: readonly (readonly [
        what: string,
        damage: (path: string, size: number) => Promise<void>,
      ])[] = [
        [
          'a byte in the middle changed',
          async (path, size) => {
            const bytes = await readFile(path);
            bytes[size >> 1] = (bytes[size >> 1] ?? 0) ^ 0xff;
            await writeFile(path, bytes);
          },
        ],
        ['zeros', (path, size) => writeFile(path, Buffer.alloc(size))],
        [
          'its second half zeros',
          async (path, size) => {
            const bytes = await readFile(path);
            await writeFile(path, bytes.fill(0, size >> 1));
          },
        ],
        ['text in its place', (path, size) => writeFile(path, 'x'.repeat(size))],
      ];
      for (const [what, damage] of damages) {
        it(`says corrupt: ${what}`, async () => {
          const store = storeHere();
          const lines = Array.from({ length: 3 }, () => Buffer.from(randomBytes(50_000).toString('base64')));
          const { fileSize } = await storeBytes(store, ID, lines);
          await damage(batchPath(folder(), ID, codec), fileSize);
          const isCorrupt = (error: unknown): boolean => hasCode(error, 'corrupt');
          await assert.rejects(allLines(store), isCorrupt);
          await assert.rejects(store.loadPlain(ID), isCorrupt);
        });
      }

      it('does not give half a record when the file got shorter after it was opened', async () => {
        const store = storeHere();
        const line = Buffer.from(randomBytes(50_000).toString('base64'));
        const { fileSize } = await storeBytes(store, ID, [line]);
        const reader = await opened(store);
        await truncate(batchPath(folder(), ID, codec), fileSize - 20);
        await assert.rejects(reader.readLines(0, 1), (error) => hasCode(error, 'corrupt'));
      });
    });

    describe('with an index that does not fit', () => {
      const changes: readonly (readonly [what: string, change: (text: string) => string])[] = [
        ['empty', () => ''],
        ['cut', (text) => text.slice(0, -1)],
        ['not JSON', () => 'x'],
        ['null', () => 'null'],
        ['a list', () => '[]'],
        ['of another version', (text) => text.replace('"version":1', '"version":2')],
        ['of another file', (text) => text.replace(/"fileSize":\d+/u, '"fileSize":5')],
        ['of another codec', (text) => text.replace(/"codec":"\w+"/u, '"codec":"brotli"')],
        ['without frames', (text) => text.replace('"frames"', '"framed"')],
        ['with a frame of null', (text) => text.replace('"frames":[', '"frames":[null,')],
        ['with a frame before the file', (text) => text.replace(/"at":0/u, '"at":-1')],
        ['with a record without a place', (text) => text.replace('"records":[{"at":0,', '"records":[{')],
        ['with a record that is null', (text) => text.replace('"records":[', '"records":[null,')],
        ['with a summary of null', (text) => text.replace(/"summary":\{[^}]*\}/u, '"summary":null')],
        ['with an artifact nobody knows', (text) => text.replace('"artifacts":[', '"artifacts":["x",')],
        ['with an id that is a number', (text) => text.replace('"facts":{"id":"a"', '"facts":{"id":5')],
      ];
      for (const [what, change] of changes) {
        it(`makes it anew from the batch: ${what}`, async () => {
          const store = storeHere();
          const lines = ['{"id":"a","x":1}\r', 'bad', '{"id":"b"}'];
          await storeLines(store, ID, lines);
          const path = indexPath(folder(), ID);
          const good = await readFile(path, 'utf8');
          const bad = change(good);
          assert.notEqual(bad, good, 'the change took hold');
          await writeFile(path, bad);
          assert.equal(await store.open(ID), 'noIndex');
          const reader = await openBatch(store, ID);
          assert.deepEqual((await reader.readLines(0, 3)).map(String), lines);
          assert.equal(await readFile(path, 'utf8'), good);
          assert.deepEqual((await allLines(store)).map(String), lines);
        });
      }

      it('makes it anew when the file grew', async () => {
        const store = storeHere();
        await storeLines(store, ID, ['{"id":"a"}']);
        await appendFile(batchPath(folder(), ID, codec), codec.pack(Buffer.from('{"id":"b"}\n')));
        const reader = await openBatch(store, ID);
        assert.deepEqual(
          reader.index.records.map(({ facts }) => facts.id),
          ['a', 'b'],
        );
      });

      it('leaves one file of a batch, whichever codec wrote it', async () => {
        await storeLines(storeHere(), ID, ['{"id":"a"}']);
        await writeFile(indexPath(folder(), ID), '');
        for (const preferred of CODECS) {
          const store = new BatchStore(folder(), '', preferred);
          assert.deepEqual((await (await openBatch(store, ID)).readLines(0, 1)).map(String), ['{"id":"a"}']);
          assert.equal((await store.list()).batches.length, 1);
        }
      });

      it('says corrupt, and keeps the file, when the batch is damaged as well', async () => {
        const store = storeHere();
        await storeLines(store, ID, ['{"id":"a"}']);
        const path = batchPath(folder(), ID, codec);
        await truncate(path, (await stat(path)).size - 3);
        await assert.rejects(openBatch(store, ID), (error) => hasCode(error, 'corrupt'));
        assert.deepEqual(await filesUnder(folder()), [
          `files/20261122/1003.index.json`,
          `files/20261122/1003${codec.extension}`,
        ]);
      });
    });
  });
}

describe('BatchStore', () => {
  const folder = useTempFolder();

  it('writes files that the tools of their kind read whole', async () => {
    const lines = linesOfSizes(FRAME, FRAME, 100);
    const plain = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    for (const [feed, codec] of [
      ['files', CODECS[0]],
      ['urls', CODECS[1]],
    ] as const) {
      await storeBytes(new BatchStore(folder(), '', codec), { ...ID, feed }, lines);
    }
    const gzip = await readFile(join(folder(), 'urls/20261122/1003.jsonl.gz'));
    assert.deepEqual(gunzipSync(gzip), plain);
    if (spawnSync('zstd', ['--version']).status !== 0) {
      console.log('      zstd is not installed here: the .zst was not given to it');
      return;
    }
    const path = join(folder(), 'files/20261122/1003.jsonl.zst');
    assert.deepEqual(execFileSync('zstd', ['-d', '-c', '-q', path], { maxBuffer: 1 << 24 }), plain);
  });

  it('prefers Zstandard where Node.js has it', () => {
    assert.equal(preferredCodec().name, 'zstd');
  });

  it('lets two writers of the same batch race: one whole batch stays', async () => {
    const stores = [new BatchStore(folder(), 'aaaaaaaa'), new BatchStore(folder(), 'bbbbbbbb')];
    const lines = Array.from({ length: 50 }, (_, at) => JSON.stringify(fileRecord({}, String(at))));
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => {
        const store = stores[at % 2];
        assert.ok(store !== undefined);
        return storeLines(store, ID, lines);
      }),
    );
    for (const store of stores) assert.deepEqual((await allLines(store)).map(String), lines);
    assert.equal((await filesUnder(folder())).length, 2);
  });

  it('is right whichever of two different writers came last', async () => {
    const store = new BatchStore(folder());
    const contents = ['{"id":"first"}', '{"id":"second","more":"0123456789"}'];
    for (let round = 0; round < 10; round++) {
      await Promise.all(contents.map((line) => storeLines(store, ID, [line])));
      const [line] = await (await openBatch(store, ID)).readLines(0, 1);
      assert.ok(contents.includes(String(line)));
    }
  });

  it('lists batches, missing minutes and packages of every feed', async () => {
    const store = new BatchStore(folder());
    const index = await storeLines(store, ID, ['{"id":"a"}', '{"id":"b"}']);
    const other = { feed: 'file_behaviours', slot: minute('202612312359') } as const;
    await storeLines(store, other, ['{"id":"c"}']);
    await store.markMissing({ feed: 'urls', slot: minute('202611221004') });
    const taken = {
      feed: 'files',
      slot: hour('2026112210'),
      records: 9,
      bytes: 99,
      missing: [minute('202611221005')],
    } as const;
    await store.markPackage(taken);
    const { batches, missing, packages } = await store.list();
    assert.deepEqual(
      batches.map(({ feed, slot, records }) => [feed, slot, records]),
      [
        ['files', '202611221003', 2],
        ['file_behaviours', '202612312359', 1],
      ],
    );
    assert.equal(batches[0]?.bytes, index.fileSize);
    assert.deepEqual(missing, [{ feed: 'urls', slot: '202611221004' }]);
    assert.deepEqual(packages, [taken]);
  });

  it('passes over every name that is not its own', async () => {
    const store = new BatchStore(folder());
    const foreign = [
      'readme.txt',
      'other/20261122/1003.jsonl.zst',
      'files/notes.txt',
      'files/2026112/1003.jsonl.zst',
      'files/20260230/1003.jsonl.zst',
      'files/20261122/2460.jsonl.zst',
      'files/20261122/1003.jsonl',
      'files/20261122/1003.jsonl.zst.a1b2.tmp',
      'files/20261122/10.jsonl.zst',
      'files/20261122/1003.package.json',
      'files/20261122/11.package.json',
      'files/20261122/x.missing',
      'files/20261122/.DS_Store',
      'urls',
    ];
    for (const name of foreign) {
      await mkdir(dirname(join(folder(), name)), { recursive: true });
      await writeFile(join(folder(), name), 'x');
    }
    assert.deepEqual(await store.list(), { batches: [], missing: [], packages: [] });
    await storeLines(store, ID, ['{"id":"a"}']);
    assert.equal((await store.list()).batches.length, 1);
  });

  it('is empty where there is no folder', async () => {
    const store = new BatchStore(join(folder(), 'not', 'there'));
    assert.deepEqual(await store.list(), { batches: [], missing: [], packages: [] });
    assert.equal(await store.find(ID), undefined);
    assert.deepEqual(await store.evict(0, new Set()), []);
    assert.equal(await store.sweep(), 0);
    await store.delete(ID);
    await store.clear();
  });

  it('lists a batch whose index is gone, with its records unknown', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, ID, ['{"id":"a"}']);
    await writeFile(indexPath(folder(), ID), '');
    const { batches } = await store.list();
    assert.deepEqual(
      batches.map(({ records }) => records),
      [0],
    );
  });

  it('deletes a minute with all that is beside it, and clears everything', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, ID, ['{"id":"a"}']);
    await store.markMissing(ID);
    await storeLines(store, { ...ID, feed: 'urls' }, ['{"id":"a"}']);
    await store.delete(ID);
    assert.equal((await filesUnder(folder())).filter((name) => name.startsWith('files/')).length, 0);
    assert.equal((await store.list()).batches.length, 1);
    await store.clear();
    assert.deepEqual(await store.list(), { batches: [], missing: [], packages: [] });
    await storeLines(store, ID, ['{"id":"a"}']);
    assert.equal((await store.list()).batches.length, 1);
  });

  it('says in words that a disk cannot be written', async () => {
    await writeFile(join(folder(), 'files'), 'a file where a folder should be');
    await assert.rejects(new BatchStore(folder()).create(ID), (error) => hasCode(error, 'disk'));
    await assert.rejects(new BatchStore(folder()).markMissing(ID), VtFeedsError);
  });

  it('keeps what is stored to its owner', async () => {
    await storeLines(new BatchStore(folder()), ID, ['{"id":"a"}']);
    assert.equal((await stat(batchPath(folder(), ID, preferredCodec()))).mode & 0o077, 0);
    assert.equal((await stat(join(folder(), 'files'))).mode & 0o077, 0);
  });
});

describe('BatchStore evicting', () => {
  const folder = useTempFolder();
  const ids = ['202611221000', '202611221001', '202611221002'].map(
    (slot) => ({ feed: 'files', slot: minute(slot) }) as const,
  );
  const slotsOf = (batches: readonly { slot: string }[]): string[] =>
    batches.map(({ slot }) => slot.slice(8)).sort();

  /** Three batches of one size, used in the order 1001, 1002, 1000. */
  async function threeBatches(): Promise<readonly [BatchStore, number]> {
    const store = new BatchStore(folder());
    let size = 0;
    for (const id of ids) size = (await storeLines(store, id, ['{"id":"a"}'])).fileSize;
    for (const [at, time] of [300, 100, 200].entries()) {
      const id = ids[at];
      if (id !== undefined) await utimes(batchPath(folder(), id, preferredCodec()), time, 1000);
    }
    return [store, size];
  }

  it('deletes the least recently used first, and only as many as it must', async () => {
    const [store, size] = await threeBatches();
    assert.deepEqual(await store.evict(3 * size, new Set()), []);
    assert.deepEqual(slotsOf(await store.evict(3 * size - 1, new Set())), ['1001']);
    assert.deepEqual(slotsOf((await store.list()).batches), ['1000', '1002']);
    assert.deepEqual(slotsOf(await store.evict(size, new Set())), ['1002']);
    assert.deepEqual(slotsOf(await store.evict(0, new Set())), ['1000']);
    assert.deepEqual(await filesUnder(folder()), []);
  });

  it('never deletes one that is kept', async () => {
    const [store] = await threeBatches();
    const evicted = await store.evict(0, new Set(['files/202611221001', 'files/202611221002']));
    assert.deepEqual(slotsOf(evicted), ['1000']);
    assert.deepEqual(slotsOf((await store.list()).batches), ['1001', '1002']);
  });

  it('keeps every minute of an hour that is kept', async () => {
    const [store] = await threeBatches();
    assert.deepEqual(await store.evict(0, new Set(['files/2026112210'])), []);
    assert.equal((await store.evict(0, new Set(['urls/2026112210']))).length, 3);
  });

  it('counts opening a batch as use', async () => {
    const [store, size] = await threeBatches();
    await opened(store, ids[1]);
    assert.deepEqual(slotsOf(await store.evict(2 * size, new Set())), ['1002']);
  });

  it('does not call an hour whole that lost a minute', async () => {
    const [store, size] = await threeBatches();
    await store.markPackage({
      feed: 'files',
      slot: hour('2026112210'),
      records: 3,
      bytes: 3 * size,
      missing: [],
    });
    await store.markPackage({ feed: 'files', slot: hour('2026112211'), records: 0, bytes: 0, missing: [] });
    await store.evict(2 * size, new Set());
    assert.deepEqual(
      (await store.list()).packages.map(({ slot }) => slot),
      ['2026112211'],
    );
  });
});

describe('BatchStore sweeping', () => {
  const folder = useTempFolder();

  it('takes away what was abandoned and what an ended job left, and nothing else', async () => {
    const stores = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].map((owner) => new BatchStore(folder(), owner));
    const writers = await Promise.all(stores.map((store) => store.create(ID)));
    await storeLines(new BatchStore(folder()), ID, ['{"id":"a"}']);
    const temporaries = async (): Promise<string[]> =>
      (await filesUnder(folder())).filter((name) => name.endsWith('.tmp')).map((name) => name.slice(20, 28));
    assert.deepEqual(await temporaries(), ['aaaaaaaa', 'bbbbbbbb', 'cccccccc']);
    const old = Date.now() / 1000 - 3601;
    const [first = ''] = (await filesUnder(folder())).filter((name) => name.includes('aaaaaaaa'));
    await utimes(join(folder(), first), old, old);
    const sweeper = new BatchStore(folder());
    assert.equal(await sweeper.sweep('cccccccc'), 2);
    assert.deepEqual(await temporaries(), ['bbbbbbbb']);
    assert.equal(await sweeper.sweep(), 0);
    assert.equal((await sweeper.list()).batches.length, 1);
    await Promise.all(writers.map((writer) => writer.discard()));
    assert.deepEqual(await temporaries(), []);
  });
});
