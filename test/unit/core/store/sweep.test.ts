import assert from 'node:assert/strict';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { preferredCodec } from '../../../../src/core/store/frame-codec.ts';
import { batchPath, indexPath } from '../../../../src/core/store/layout.ts';
import { minute } from '../../../support/records.ts';
import { storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID = { feed: 'files', slot: minute('202611221003') } as const;

describe('BatchStore.sweep', () => {
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

  it('takes away indexes without a batch once no window can be committing, and empty days', async () => {
    const store = new BatchStore(folder());
    const [first, second] = ['202611221003', '202611221004'].map(
      (slot) => ({ feed: 'files', slot: minute(slot) }) as const,
    );
    assert.ok(first !== undefined && second !== undefined);
    for (const id of [first, second]) {
      await storeLines(store, id, ['{"id":"a"}']);
      await rm(batchPath(folder(), id, preferredCodec()));
    }
    const old = Date.now() / 1000 - 3601;
    await utimes(indexPath(folder(), first), old, old);
    assert.equal(await store.sweep(), 1);
    assert.deepEqual(await filesUnder(folder()), ['files/20261122/1004.index']);
    await utimes(indexPath(folder(), second), old, old);
    assert.equal(await store.sweep(), 1);
    const day = join(folder(), 'files', '20261122');
    await utimes(day, old, old);
    await writeFile(`${day}.listing-1.json`, '{}');
    assert.equal(await store.sweep(), 0);
    assert.deepEqual(await readdir(join(folder(), 'files')), []);
  });
});
