import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, toVtFeedsError } from '../../../../src/core/common/errors.ts';
import { deleteBatch } from '../../../../src/core/reading/delete-batch.ts';
import { exportBatch } from '../../../../src/core/reading/export-batch.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { hour, minute } from '../../../support/records.ts';
import { storeBytes, storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const HOUR = { feed: 'urls', slot: hour('2026112210') } as const;
const { signal } = new AbortController();

describe('exportBatch', () => {
  const folder = useTempFolder();
  let store: BatchStore;
  let target: string;
  beforeEach(async () => {
    store = new BatchStore(join(folder(), 'store'));
    await mkdir(join(folder(), 'out'));
    target = join(folder(), 'out', 'batch.jsonl');
  });

  it('writes every record as it is, more of them than are read at a time', async () => {
    const id = { feed: 'urls', slot: minute('202611221003') } as const;
    const lines = Array.from({ length: 600 }, (_, at) =>
      Buffer.from(`{"id":"${String(at)}"}\r\u00ff`, 'latin1'),
    );
    await storeBytes(store, id, lines);
    const expected = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    await writeFile(target, 'what was there before');
    assert.deepEqual(await exportBatch(store, id, target, signal), { records: 600, bytes: expected.length });
    assert.deepEqual(await readFile(target), expected);
    assert.deepEqual(await filesUnder(join(folder(), 'out')), ['batch.jsonl']);
  });

  it('writes what is there of an hour, oldest first', async () => {
    for (const slot of ['202611221059', '202611221000'])
      await storeLines(store, { feed: 'urls', slot: minute(slot) }, [`{"id":"${slot}"}`]);
    assert.equal((await exportBatch(store, HOUR, target, signal)).records, 2);
    assert.equal(await readFile(target, 'utf8'), '{"id":"202611221000"}\n{"id":"202611221059"}\n');
  });

  it('writes nothing, and keeps what was there, when nothing is stored or it is cancelled', async () => {
    await writeFile(target, 'before');
    await assert.rejects(exportBatch(store, HOUR, target, signal), (error) => hasCode(error, 'notStored'));
    await storeLines(store, { feed: 'urls', slot: minute('202611221003') }, ['{"id":"a"}']);
    await assert.rejects(
      exportBatch(store, HOUR, target, AbortSignal.abort()),
      (error) => toVtFeedsError(error).code === 'cancelled',
    );
    assert.equal(await readFile(target, 'utf8'), 'before');
    assert.deepEqual(await filesUnder(join(folder(), 'out')), ['batch.jsonl']);
  });

  it('says in words that it cannot write there', async () => {
    await storeLines(store, { feed: 'urls', slot: minute('202611221003') }, ['{"id":"a"}']);
    await assert.rejects(exportBatch(store, HOUR, join(folder(), 'no', 'folder.jsonl'), signal), (error) =>
      hasCode(error, 'disk'),
    );
  });
});

describe('deleteBatch', () => {
  const folder = useTempFolder();
  const slots = ['202611221000', '202611221001', '202611221100'].map(minute);
  let store: BatchStore;
  beforeEach(async () => {
    store = new BatchStore(folder());
    for (const slot of slots) await storeLines(store, { feed: 'urls', slot }, ['{"id":"a"}']);
    await store.markMissing({ feed: 'urls', slot: minute('202611221002') });
    await store.markPackage({ ...HOUR, records: 2, bytes: 2, missing: [] });
  });
  const listed = async (): Promise<readonly [string[], number, number]> => {
    const { batches, missing, packages } = await store.list();
    return [batches.map(({ slot }) => slot), missing.length, packages.length];
  };

  it('takes a minute away, and its hour is no longer whole', async () => {
    await deleteBatch(store, { feed: 'urls', slot: minute('202611221000') });
    assert.deepEqual(await listed(), [['202611221001', '202611221100'], 1, 0]);
  });

  it('takes an hour away with all its minutes and marks, and no other hour', async () => {
    await deleteBatch(store, HOUR);
    assert.deepEqual(await listed(), [['202611221100'], 0, 0]);
  });

  it('takes nothing of another feed', async () => {
    await deleteBatch(store, { ...HOUR, feed: 'files' });
    assert.deepEqual(await listed(), [slots, 1, 1]);
  });
});
