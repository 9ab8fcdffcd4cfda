import assert from 'node:assert/strict';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { ReaderCache } from '../../../../src/core/store/reader-cache.ts';
import { FailingFiles } from '../../../support/failing-files.ts';
import { minute } from '../../../support/records.ts';
import { storeLines } from '../../../support/store.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const idAt = (at: number): BatchId<Minute> => ({
  feed: 'files',
  slot: minute(`2026112210${String(at).padStart(2, '0')}`),
});
const ID = idAt(3);

describe('ReaderCache', () => {
  const folder = useTempFolder();

  it('serves all stores of a thread: what was opened is not read again', async () => {
    await storeLines(new BatchStore(folder()), ID, ['{"id":"a"}', '{"id":"b"}']);
    const readers = new ReaderCache();
    const disk = new FailingFiles('EIO');
    const line = async (): Promise<string> => {
      const store = new BatchStore(folder(), '', { readers, files: disk.files });
      return String(await (await store.open(ID)).findLine('b'));
    };
    assert.equal(await line(), '{"id":"b"}');
    const first = disk.operations;
    assert.equal(await line(), '{"id":"b"}');
    // Whether the file is the same, and that it is used.
    assert.equal(disk.operations - first, 4);
    assert.equal(disk.open.size, 0);
  });

  it('sees that another window has stored the batch anew', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, ID, ['{"id":"a"}']);
    const before = await store.open(ID);
    await storeLines(new BatchStore(folder()), ID, ['{"id":"b"}']);
    const after = await store.open(ID);
    assert.notEqual(after, before);
    assert.equal(String(await after.findLine('b')), '{"id":"b"}');
  });

  it('gives one reader to all who ask at once, and keeps none that could not be opened', async () => {
    await storeLines(new BatchStore(folder()), ID, ['{"id":"a"}']);
    const readers = new ReaderCache();
    const bad = new BatchStore(folder(), '', { readers, files: new FailingFiles('EIO', 5).files });
    await assert.rejects(bad.open(ID));
    const store = new BatchStore(folder(), '', { readers });
    const [one, other] = await Promise.all([store.open(ID), store.open(ID)]);
    assert.equal(one, other);
  });

  it('keeps a few, and drops the one that was not used longest', async () => {
    const store = new BatchStore(folder());
    for (let at = 0; at < 9; at++) await storeLines(store, idAt(at), ['{"id":"a"}']);
    const first = await store.open(idAt(0));
    const second = await store.open(idAt(1));
    for (let at = 2; at < 8; at++) await store.open(idAt(at));
    assert.equal(await store.open(idAt(0)), first);
    await store.open(idAt(8));
    assert.equal(await store.open(idAt(0)), first);
    assert.notEqual(await store.open(idAt(1)), second);
  });
});
