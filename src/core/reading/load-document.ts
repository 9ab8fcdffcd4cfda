import { VtFeedsError } from '../common/errors.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { isMinute, minutesOf } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { slotText } from '../feed/slot-text.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { DocumentAddress } from '../render/document-address.ts';
import { linksInLine, recordLink } from '../render/document-links.ts';
import type { DocumentLink } from '../render/document-links.ts';
import { fullLine } from '../render/full-line.ts';
import { PAGE_BYTES, pageRanges } from '../render/pages.ts';
import { prettyJson } from '../render/pretty-json.ts';
import { summaryLine } from '../render/summary-line.ts';
import type { BatchReader } from '../store/batch-reader.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { findRecord } from './find-record.ts';
import { openBatch } from './open-batch.ts';

/** Which record a line of a document shows. */
interface LineRecord {
  readonly slot: Minute;
  readonly id: string;
}

/** A document, ready to be shown. */
export interface LoadedDocument {
  readonly text: string;
  readonly links: readonly DocumentLink[];
  /** One for each line; a record document has one for all its lines. */
  readonly records: readonly LineRecord[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** A record in its batch. */
interface Item {
  readonly batch: BatchId<Minute>;
  readonly reader: BatchReader;
  readonly at: number;
  readonly size: number;
  readonly facts: RecordFacts;
}

/** Escapes at most double a line, so that a full page of this many stored bytes stays within {@link PAGE_BYTES}. */
const FULL_PAGE_STORED_BYTES = PAGE_BYTES / 2;

/** Makes a document out of the store. Fails with `notStored` where nothing of the batch is there. */
export async function loadDocument(store: BatchStore, address: DocumentAddress): Promise<LoadedDocument> {
  if (address.view === 'record') return loadRecord(store, address.batch, address.id);
  const items = await loadItems(store, address.batch);
  return address.view === 'summary'
    ? summaryDocument(items, address.page, isMinute(address.batch.slot))
    : fullDocument(items, address.page);
}

async function loadItems(store: BatchStore, { feed, slot }: BatchId): Promise<Item[]> {
  const items: Item[] = [];
  let opened = 0;
  for (const minute of isMinute(slot) ? [slot] : minutesOf(slot)) {
    const batch = { feed, slot: minute };
    if (!isMinute(slot) && (await store.find(batch)) === undefined) continue;
    const reader = await openBatch(store, batch);
    opened++;
    items.push(...reader.index.records.map(({ size, facts }, at) => ({ batch, reader, at, size, facts })));
  }
  if (opened === 0)
    throw new VtFeedsError('notStored', `Nothing of ${slotText(slot)} is in the store. Download it again.`);
  return items;
}

function summaryDocument(items: readonly Item[], page: number, whole: boolean): LoadedDocument {
  const sizes = items.map(({ facts, batch }) => Buffer.byteLength(summaryLine(facts, 0, batch).text) + 1);
  const pages = pageRanges(sizes, whole ? Number.POSITIVE_INFINITY : PAGE_BYTES);
  const shown = itemsOf(items, pages, page);
  const lines = shown.map(({ facts, batch }, line) => summaryLine(facts, line, batch));
  return {
    text: joined(lines.map(({ text }) => text)),
    links: lines.flatMap(({ links }) => links),
    records: shown.map(lineRecord),
    page,
    pages: pages.length,
  };
}

async function fullDocument(items: readonly Item[], page: number): Promise<LoadedDocument> {
  const pages = pageRanges(
    items.map(({ size }) => size),
    FULL_PAGE_STORED_BYTES,
  );
  const shown = itemsOf(items, pages, page);
  const lines = (await readItems(shown)).map((line) => fullLine(line.toString('utf8')));
  const links = shown.flatMap(({ batch, facts }, line) => {
    const text = lines[line] ?? '';
    return [...recordLink(text, line, batch, facts.id), ...linksInLine(text, line, batch, facts.id)];
  });
  return { text: joined(lines), links, records: shown.map(lineRecord), page, pages: pages.length };
}

async function loadRecord(store: BatchStore, { feed, slot }: BatchId, id: string): Promise<LoadedDocument> {
  if (!isMinute(slot)) throw new VtFeedsError('invalidArgument', 'A record belongs to a minute. Name one.');
  const batch = { feed, slot };
  const { line } = await findRecord(store, batch, id);
  const text = `${prettyJson(fullLine(line))}\n`;
  const links = text.split('\n').flatMap((shown, at) => linksInLine(shown, at, batch, id));
  return { text, links, records: [{ slot, id }], page: 1, pages: 1 };
}

function itemsOf(
  items: readonly Item[],
  pages: ReturnType<typeof pageRanges>,
  page: number,
): readonly Item[] {
  const range = pages[page - 1];
  if (range === undefined) {
    throw new VtFeedsError(
      'invalidArgument',
      `There is no page ${String(page)}; the last is ${String(pages.length)}.`,
    );
  }
  return items.slice(range.from, range.to);
}

/** The lines of items that follow each other, read in one go per batch. */
async function readItems(items: readonly Item[]): Promise<Buffer[]> {
  const lines: Buffer[] = [];
  for (let from = 0; from < items.length;) {
    const first = items[from];
    if (first === undefined) break;
    let to = from;
    while (items[to]?.reader === first.reader) to++;
    lines.push(...(await first.reader.readLines(first.at, first.at + (to - from))));
    from = to;
  }
  return lines;
}

function lineRecord({ batch, facts }: Item): LineRecord {
  return { slot: batch.slot, id: facts.id };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
