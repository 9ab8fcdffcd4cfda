import assert from 'node:assert/strict';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { findRecord } from '../../../../src/core/reading/find-record.ts';
import { loadDocument } from '../../../../src/core/reading/load-document.ts';
import type { LoadedDocument } from '../../../../src/core/reading/load-document.ts';
import { readArriving } from '../../../../src/core/reading/read-arriving.ts';
import type { DocumentAddress } from '../../../../src/core/render/document-address.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import type { BatchReader } from '../../../../src/core/store/batch-reader.ts';
import type { BatchWriter } from '../../../../src/core/store/batch-writer.ts';
import { behaviourRecord, minute } from '../../../support/records.ts';
import { storeBytes } from '../../../support/store.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'file_behaviours', slot: minute('202611221003') };
/** Eight megabytes: several pages of the full view. */
const LINES = Array.from({ length: 300 }, (_, at) =>
  Buffer.from(JSON.stringify(behaviourRecord({ filler: '/'.repeat(25_000) }, `record ${String(at)}`))),
);

const isNotStored = (error: unknown): boolean => hasCode(error, 'notStored');
const addressOf = (view: 'summary' | 'full', page = 1): DocumentAddress => ({
  source: 'sample',
  batch: ID,
  view,
  page,
});

describe('reading a batch that is coming', () => {
  const folder = useTempFolder();
  let store: BatchStore;
  let writer: BatchWriter;
  let readable: number;
  beforeEach(async () => {
    store = new BatchStore(folder());
    writer = await store.create(ID);
    readable = 0;
    writer.publish((records) => (readable = records));
  });
  afterEach(() => writer.discard());

  async function append(from: number, to: number): Promise<void> {
    for (const line of LINES.slice(from, to)) await writer.append(line, factsOf(ID.feed, line));
  }
  const load = (view: 'summary' | 'full', page = 1): Promise<LoadedDocument> =>
    loadDocument(store, addressOf(view, page), { partial: true });

  for (const view of ['summary', 'full'] as const) {
    it(`shows what has come as the beginning of what will be there, in the ${view} view`, async () => {
      const early: LoadedDocument[] = [];
      for (let at = 0; at < LINES.length; at += 30) {
        await append(at, at + 30);
        const document = await load(view);
        assert.equal(document.recordsSoFar, readable);
        early.push(document);
      }
      await writer.commit();
      const whole = await load(view);
      assert.ok(!('recordsSoFar' in whole));
      assert.deepEqual(whole, await loadDocument(store, addressOf(view)));
      assert.ok(early.length > 0 && whole.links.length > 0);
      for (const { text, links, records } of early) {
        assert.ok(text !== '' && whole.text.startsWith(text));
        assert.deepEqual(links, whole.links.slice(0, links.length));
        assert.deepEqual(records, whole.records.slice(0, records.length));
      }
      assert.ok((early[0]?.text.length ?? 0) < whole.text.length);
    });
  }

  it('has more pages as more comes, and says which are not there yet', async () => {
    await append(0, 20);
    assert.equal((await load('full')).pages, 1);
    await assert.rejects(load('full', 2), (error) => hasCode(error, 'invalidArgument'));
    await append(20, 250);
    assert.ok((await load('full', 2)).pages > 1);
  });

  it('shows nothing of it to those who do not know that it is coming', async () => {
    await append(0, 100);
    await assert.rejects(loadDocument(store, addressOf('summary')), isNotStored);
  });

  it('opens its records, as far as they have come', async () => {
    await append(0, 100);
    const { line } = await findRecord(store, ID, 'record 2');
    assert.equal(line, LINES[2]?.toString());
    const { text, links } = await loadDocument(store, {
      source: 'sample',
      batch: ID,
      view: 'record',
      id: 'record 2',
    });
    assert.deepEqual(JSON.parse(text), JSON.parse(line));
    assert.equal(links.length, 4);
    await assert.rejects(findRecord(store, ID, 'record 299'), (error) => hasCode(error, 'notFound'));
  });

  it('says that nothing is there before the first records can be read, and after it was taken back', async () => {
    await append(0, 1);
    assert.equal(readable, 0);
    await assert.rejects(load('summary'), isNotStored);
    await append(1, 100);
    assert.ok((await load('summary')).text !== '');
    await writer.discard();
    await assert.rejects(load('summary'), isNotStored);
    await assert.rejects(findRecord(store, ID, 'record 2'), isNotStored);
  });

  it('prefers the stored batch to one that is coming anew', async () => {
    const older = LINES.slice(0, 3);
    await storeBytes(store, ID, older);
    await append(0, 100);
    const { records, recordsSoFar } = await load('summary');
    assert.equal(records.length, older.length);
    assert.equal(recordsSoFar, undefined);
  });

  describe('while it is committed', () => {
    const readAll = (reader: BatchReader): Promise<Buffer[]> => reader.readLines(0, reader.count);

    it('reads the whole where the part was opened and then was gone', async () => {
      await append(0, LINES.length);
      const seen: boolean[] = [];
      const lines = await readArriving(store, ID, async (reader, isWhole) => {
        seen.push(isWhole);
        if (!isWhole) await writer.commit();
        return readAll(reader);
      });
      assert.deepEqual(seen, [false, true]);
      assert.deepEqual(lines, LINES);
    });

    it('reads the whole where neither was there yet and the part no longer is', async () => {
      await append(0, LINES.length);
      class LateStore extends BatchStore {
        private looks = 0;

        override async open(id: BatchId<Minute>): Promise<BatchReader> {
          if (this.looks++ > 0) return super.open(id);
          const missing = super.open(id);
          await assert.rejects(missing, isNotStored);
          await writer.commit();
          return missing;
        }
      }
      const lines = await readArriving(new LateStore(folder()), ID, readAll);
      assert.deepEqual(lines, LINES);
    });

    it('says that it is not there where it was taken back instead', async () => {
      await append(0, LINES.length);
      const reading = readArriving(store, ID, async (reader) => {
        await writer.discard();
        return readAll(reader);
      });
      await assert.rejects(reading, isNotStored);
    });
  });
});
