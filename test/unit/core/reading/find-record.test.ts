import assert from 'node:assert/strict';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { findRecord } from '../../../../src/core/reading/find-record.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { minute } from '../../../support/records.ts';
import { storeLines } from '../../../support/store.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };

describe('findRecord', () => {
  const folder = useTempFolder();

  it('gives the very text of the first record with the id', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, ID, [
      '{"id":"a"}',
      '{ "id":"b", "n":9007199254740993 }\r',
      '{"id":"b"}',
      '{"id":"__proto__"}',
    ]);
    assert.equal((await findRecord(store, ID, 'b')).line, '{ "id":"b", "n":9007199254740993 }\r');
    assert.equal((await findRecord(store, ID, '__proto__')).line, '{"id":"__proto__"}');
    await assert.rejects(findRecord(store, ID, 'constructor'));
  });
});
