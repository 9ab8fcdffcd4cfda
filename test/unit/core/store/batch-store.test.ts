import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VtFeedsError, hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { CODECS, preferredCodec } from '../../../../src/core/store/frame-codec.ts';
import { batchPath, indexPath } from '../../../../src/core/store/layout.ts';
import { fileRecord, hour, minute } from '../../../support/records.ts';
import { storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const FRAME = 256 * 1024;

async function allLines(store: BatchStore, id = ID): Promise<string[]> {
  const reader = await store.open(id);
  return (await reader.readLines(0, reader.count)).map(String);
}

for (const codec of CODECS) {
  describe(`BatchStore with ${codec.name}`, () => {
    const folder = useTempFolder();
    const storeHere = (): BatchStore => new BatchStore(folder(), '', { codec });

    it('shows nothing before the commit, and nothing after it was taken back', async () => {
      const store = storeHere();
      const writer = await store.create(ID);
      const line = Buffer.from('x'.repeat(FRAME));
      await writer.append(line, factsOf('files', Buffer.alloc(0)));
      assert.equal(await store.find(ID), undefined);
      assert.deepEqual((await store.list()).batches, []);
      await writer.discard();
      assert.deepEqual(await filesUnder(folder()), []);
      await writer.discard();
      await assert.rejects(store.open(ID), (error) => hasCode(error, 'notStored'));
    });

    it('lays a batch and its index at the promised names, nothing else, and knows their size', async () => {
      const store = storeHere();
      const { count, bytes } = await storeLines(store, ID, ['{"id":"a"}']);
      const names = [`files/20261122/1003.index`, `files/20261122/1003${codec.extension}`];
      assert.deepEqual(await filesUnder(folder()), names);
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder(), name))).size));
      assert.deepEqual([count, bytes], [1, sizes.reduce((sum, size) => sum + size, 0)]);
      assert.deepEqual(await store.find(ID), { ...ID, records: 1, bytes });
      assert.deepEqual((await store.list()).batches, [{ ...ID, records: 1, bytes }]);
    });

    it('reads what the other codec wrote, and writes it anew in the same', async () => {
      await storeLines(storeHere(), ID, ['{"id":"a"}']);
      for (const preferred of CODECS) {
        const store = new BatchStore(folder(), '', { codec: preferred });
        assert.deepEqual(await allLines(store), ['{"id":"a"}']);
        await storeLines(store, ID, ['{"id":"a"}']);
        assert.equal((await filesUnder(folder())).length, 2);
      }
    });
  });
}

describe('BatchStore', () => {
  const folder = useTempFolder();

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
    for (const store of stores) assert.deepEqual(await allLines(store), lines);
    assert.equal((await filesUnder(folder())).length, 2);
  });

  it('is right whichever of two different writers came last', async () => {
    const store = new BatchStore(folder());
    const contents = ['{"id":"first"}', '{"id":"second","more":"0123456789"}'];
    for (let round = 0; round < 10; round++) {
      await Promise.all(contents.map((line) => storeLines(store, ID, [line])));
      const [line = ''] = await allLines(store);
      assert.ok(contents.includes(line));
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
    assert.equal(batches[0]?.bytes, index.bytes);
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

  it('leaves alone what a newer VS Code keeps here, whatever is done', async () => {
    const newer: Readonly<Record<string, string>> = {
      'files/20261122/1003.jsonl.zst2': 'a batch in another form',
      'files/20261122/1004.index': '{"version":3,"count":5}',
      'files/20261122/1004.jsonl.zst2': 'another with its index',
      'files/20261122/1003.bloom': 'beside a batch that is known',
      'files/2026-W47/1003.jsonl.zst': 'in another folder',
      'files/20261122.listing-9.json': '{}',
      'settings.json': '{}',
    };
    for (const [name, text] of Object.entries(newer)) {
      await mkdir(dirname(join(folder(), name)), { recursive: true });
      await writeFile(join(folder(), name), text);
      await utimes(join(folder(), name), 1000, 1000);
    }
    const store = new BatchStore(folder());
    await storeLines(store, ID, ['{"id":"a"}']);
    assert.equal((await store.list()).batches.length, 1);
    assert.equal((await store.evict(0, new Set())).length, 1);
    await storeLines(store, ID, ['{"id":"a"}']);
    await store.sweep();
    await store.clear();
    assert.deepEqual(await store.list(), { batches: [], missing: [], packages: [] });
    assert.deepEqual(await filesUnder(folder()), Object.keys(newer).sort());
    for (const [name, text] of Object.entries(newer))
      assert.equal(await readFile(join(folder(), name), 'utf8'), text);
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
    await store.markMissing(ID);
    await store.markPackage({ feed: 'urls', slot: hour('2026112210'), records: 1, bytes: 1, missing: [] });
    await store.clear();
    assert.deepEqual(await store.list(), { batches: [], missing: [], packages: [] });
    assert.deepEqual(await filesUnder(folder()), []);
    await storeLines(store, ID, ['{"id":"a"}']);
    assert.equal((await store.list()).batches.length, 1);
  });

  it('lets a window that is just downloading finish while another clears the store', async () => {
    const writer = await new BatchStore(folder()).create(ID);
    await writer.append(Buffer.from('{"id":"a"}'), factsOf('files', Buffer.from('{"id":"a"}')));
    await new BatchStore(folder()).clear();
    await writer.commit();
    assert.deepEqual(await allLines(new BatchStore(folder())), ['{"id":"a"}']);
  });

  it('makes its folder anew when it was deleted while VS Code runs', async () => {
    const store = new BatchStore(join(folder(), 'store'));
    await storeLines(store, ID, ['{"id":"a"}']);
    await rm(join(folder(), 'store'), { recursive: true });
    await assert.rejects(store.open(ID), (error) => hasCode(error, 'notStored'));
    await storeLines(store, ID, ['{"id":"b"}']);
    assert.deepEqual(await allLines(store), ['{"id":"b"}']);
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
