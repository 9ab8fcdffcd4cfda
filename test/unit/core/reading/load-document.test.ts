import assert from 'node:assert/strict';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { loadDocument } from '../../../../src/core/reading/load-document.ts';
import type { LoadedDocument } from '../../../../src/core/reading/load-document.ts';
import { PAGE_BYTES } from '../../../../src/core/render/pages.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import {
  HOSTILE_OBJECTS,
  NOT_RECORDS,
  SHA256,
  behaviourRecord,
  fileRecord,
  hour,
  minute,
} from '../../../support/records.ts';
import { assertHarmless } from '../../../support/shown-text.ts';
import { storeLines } from '../../../support/store.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'file_behaviours', slot: minute('202611221003') };

function linesOf({ text }: LoadedDocument): string[] {
  assert.ok(text === '' || text.endsWith('\n'));
  return text.split('\n').slice(0, -1);
}

describe('loadDocument', () => {
  const folder = useTempFolder();
  let store: BatchStore;
  beforeEach(() => {
    store = new BatchStore(folder());
  });
  const load = (view: 'summary' | 'full', page = 1, batch: BatchId = ID): Promise<LoadedDocument> =>
    loadDocument(store, { source: 'sample', batch, view, page });
  const loadRecord = (id: string, batch: BatchId = ID): Promise<LoadedDocument> =>
    loadDocument(store, { source: 'sample', batch, view: 'record', id });

  it('shows a line for every record, hostile ones too, and knows which record it is', async () => {
    const lines = [JSON.stringify(behaviourRecord()), ...HOSTILE_OBJECTS, ...NOT_RECORDS];
    await storeLines(store, ID, lines);
    for (const view of ['summary', 'full'] as const) {
      const document = await load(view);
      const shown = linesOf(document);
      assert.equal(shown.length, lines.length);
      assert.equal(document.records.length, lines.length);
      assert.equal(document.pages, 1);
      for (const line of shown) {
        JSON.parse(line);
        assertHarmless(line);
      }
      assert.deepEqual(document.records[0], { slot: ID.slot, id: `${SHA256}_VirusTotal Jujubox` });
    }
  });

  it('places links on the lines they belong to', async () => {
    await storeLines(store, ID, [
      'not json',
      JSON.stringify(behaviourRecord()),
      '{"id":"plain"}',
      JSON.stringify(behaviourRecord({}, 'last')),
    ]);
    const summary = await load('summary');
    const words = summary.links.map(
      ({ line, start, end }) => `${String(line)} ${linesOf(summary)[line]?.slice(start, end) ?? ''}`,
    );
    assert.deepEqual(words, [
      '1 sandbox',
      '1 pcap',
      '1 html',
      '1 evtx',
      '1 memdump',
      '2 id',
      '3 sandbox',
      '3 pcap',
      '3 html',
      '3 evtx',
      '3 memdump',
    ]);
    const full = await load('full');
    assert.deepEqual(
      [...new Set(full.links.map(({ line, id }) => `${String(line)} ${id}`))],
      [`1 ${SHA256}_VirusTotal Jujubox`, '2 plain', '3 last'],
    );
    for (const { line, start, end, target } of full.links) {
      const word = linesOf(full)[line]?.slice(start, end) ?? '';
      assert.ok(target === 'record' ? word === 'id' : word.endsWith(`/${target}`), word);
    }
  });

  it('shows one record over several lines, with its links', async () => {
    const record = behaviourRecord();
    await storeLines(store, ID, ['{"id":"other"}', `${JSON.stringify(record)}\r`]);
    const document = await loadRecord(`${SHA256}_VirusTotal Jujubox`);
    assert.deepEqual(JSON.parse(document.text), record);
    assertHarmless(document.text);
    assert.ok(linesOf(document).length > 20);
    assert.deepEqual(document.links.map(({ target }) => target).sort(), ['evtx', 'html', 'memdump', 'pcap']);
    for (const { line, start, end, target } of document.links)
      assert.ok(linesOf(document)[line]?.slice(start, end).endsWith(`/${target}`));
    assert.equal(document.records.length, 1);
  });

  it('cuts the full view of a large batch into pages, each small enough to open, losing nothing', async () => {
    const lines = Array.from({ length: 60 }, (_, at) =>
      JSON.stringify(fileRecord({ filler: '/'.repeat(at * 5000) }, String(at))),
    );
    await storeLines(store, ID, lines);
    const first = await load('full');
    assert.ok(first.pages > 2);
    const pages = await Promise.all(Array.from({ length: first.pages }, (_, at) => load('full', at + 1)));
    assert.deepEqual(
      pages.flatMap(({ records }) => records.map(({ id }) => id)),
      lines.map((_, at) => String(at)),
    );
    assert.deepEqual(
      pages.flatMap(linesOf).map((line) => JSON.parse(line) as unknown),
      lines.map((line) => JSON.parse(line) as unknown),
    );
    for (const { text, page } of pages)
      assert.ok(Buffer.byteLength(text) <= PAGE_BYTES, `page ${String(page)}`);
    const summary = await load('summary');
    assert.equal(summary.pages, 1);
    assert.equal(linesOf(summary).length, 60);
  });

  it('refuses a page that is not there', async () => {
    await storeLines(store, ID, ['{"id":"a"}']);
    await assert.rejects(load('full', 2), (error) => hasCode(error, 'invalidArgument'));
    await assert.rejects(load('summary', 2), (error) => hasCode(error, 'invalidArgument'));
  });

  it('shows what is there of an hour, each line with its minute', async () => {
    const slots = ['202611221000', '202611221030', '202611221059'].map(minute);
    for (const slot of slots)
      await storeLines(store, { feed: 'urls', slot }, [`{"id":"${slot}"}`, '{"id":"x"}']);
    const batch = { feed: 'urls' as Feed, slot: hour('2026112210') };
    for (const view of ['summary', 'full'] as const) {
      const { records, links } = await load(view, 1, batch);
      assert.deepEqual(
        records.map(({ slot }) => slot),
        slots.flatMap((slot) => [slot, slot]),
      );
      if (view === 'summary')
        assert.deepEqual(
          links.map((link) => link.batch.slot),
          records.map(({ slot }) => slot),
        );
    }
  });

  it('shows an empty batch as an empty document', async () => {
    await storeLines(store, ID, []);
    for (const view of ['summary', 'full'] as const)
      assert.deepEqual(await load(view), { text: '', links: [], records: [], page: 1, pages: 1 });
  });

  it('says what is not there', async () => {
    for (const slot of [ID.slot, hour('2026112210')]) {
      for (const view of ['summary', 'full'] as const)
        await assert.rejects(load(view, 1, { ...ID, slot }), (error) => hasCode(error, 'notStored'));
    }
    await assert.rejects(loadRecord('a'), (error) => hasCode(error, 'notStored'));
    await storeLines(store, ID, ['{"id":"a"}']);
    await assert.rejects(loadRecord('b'), (error) => hasCode(error, 'notFound'));
    await assert.rejects(loadRecord('a', { ...ID, slot: hour('2026112210') }), (error) =>
      hasCode(error, 'invalidArgument'),
    );
  });

  it('names no id as it came when it is not there', async () => {
    await storeLines(store, ID, ['{"id":"a"}']);
    await assert.rejects(loadRecord(`[x](command:y)\u202e${'z'.repeat(500)}`), (error: Error) => {
      assert.doesNotMatch(error.message, /\]\(|\u202e/u);
      return error.message.length < 200;
    });
  });
});
