import { VtFeedsError } from '../common/errors.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';
import { isMinute, minutesOf } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
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
import { readArriving } from './read-arriving.ts';

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
  /** Of a batch that is still coming: how many records can be read, on all pages. Absent once it is stored. */
  readonly recordsSoFar?: number;
}

/** A record in its batch. */
interface Item {
  readonly batch: BatchId<Minute>;
  readonly reader: BatchReader;
  readonly at: number;
  readonly size: number;
}

/** A record, and what is known of it. */
interface KnownItem extends Item {
  readonly facts: RecordFacts;
}

/** Escapes at most double a line, so that a full page of this many stored bytes stays within {@link PAGE_BYTES}. */
const FULL_PAGE_STORED_BYTES = PAGE_BYTES / 2;

/**
 * Makes a document out of the store. `partial`: a minute that is not stored is shown as far as it has come; that text is
 * the beginning of the final one. Fails with `notStored` where nothing of the batch is there.
 */
export async function loadDocument(
  store: BatchStore,
  address: DocumentAddress,
  { partial = false }: { readonly partial?: boolean } = {},
): Promise<LoadedDocument> {
  const { feed, slot } = address.batch;
  if (address.view === 'record') return loadRecord(store, address.batch, address.id);
  const { view, page } = address;
  const show = async (items: readonly Item[]): Promise<LoadedDocument> =>
    view === 'summary' ? summaryDocument(items, page, isMinute(slot)) : fullDocument(items, page);
  if (!isMinute(slot)) return show(await loadHour(store, feed, slot));
  const batch = { feed, slot };
  if (!partial) return show(itemsOf(batch, await store.open(batch)));
  return readArriving(store, batch, async (reader, isWhole) => {
    const document = await show(itemsOf(batch, reader));
    return isWhole ? document : { ...document, recordsSoFar: reader.count };
  });
}

function itemsOf(batch: BatchId<Minute>, reader: BatchReader): Item[] {
  return reader.sizes().map((size, at) => ({ batch, reader, at, size }));
}

async function loadHour(store: BatchStore, feed: Feed, hour: Hour): Promise<Item[]> {
  const items: Item[] = [];
  let opened = 0;
  for (const slot of minutesOf(hour)) {
    const batch = { feed, slot };
    if ((await store.find(batch)) === undefined) continue;
    items.push(...itemsOf(batch, await store.open(batch)));
    opened++;
  }
  if (opened === 0)
    throw new VtFeedsError('notStored', `Nothing of ${slotText(hour)} is in the store. Download it again.`);
  return items;
}

async function summaryDocument(
  items: readonly Item[],
  page: number,
  whole: boolean,
): Promise<LoadedDocument> {
  const known = await readFacts(items);
  const sizes = known.map(({ facts, batch }) => Buffer.byteLength(summaryLine(facts, 0, batch).text) + 1);
  const pages = whole ? [{ from: 0, to: sizes.length }] : pageRanges(sizes);
  const shown = onPage(known, pages, page);
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
  const shown = await readFacts(onPage(items, pages, page));
  const lines = (await readLines(shown)).map((line) => fullLine(line.toString('utf8')));
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

function onPage<T>(items: readonly T[], pages: ReturnType<typeof pageRanges>, page: number): readonly T[] {
  const range = pages[page - 1];
  if (range === undefined) {
    throw new VtFeedsError(
      'invalidArgument',
      `There is no page ${String(page)}; the last is ${String(pages.length)}.`,
    );
  }
  return items.slice(range.from, range.to);
}

async function readFacts(items: readonly Item[]): Promise<KnownItem[]> {
  const facts = await readRuns(items, (reader, from, to) => reader.readFacts(from, to));
  return items.flatMap((item, at) => {
    const known = facts[at];
    return known === undefined ? [] : [{ ...item, facts: known }];
  });
}

function readLines(items: readonly Item[]): Promise<Buffer[]> {
  return readRuns(items, (reader, from, to) => reader.readLines(from, to));
}

/** Reads something of items that follow each other, in one go per batch. */
async function readRuns<T>(
  items: readonly Item[],
  read: (reader: BatchReader, from: number, to: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < items.length;) {
    const first = items[from];
    if (first === undefined) break;
    let to = from;
    while (items[to]?.reader === first.reader) to++;
    for (const one of await read(first.reader, first.at, first.at + (to - from))) found.push(one);
    from = to;
  }
  return found;
}

function lineRecord({ batch, facts }: KnownItem): LineRecord {
  return { slot: batch.slot, id: facts.id };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
