import { ARTIFACT_KINDS } from '../feed/artifact.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';
import { MINUTE_MS, minuteAt, startOf } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import type { DocumentAddress } from '../render/document-address.ts';
import type { DocumentLink } from '../render/document-links.ts';
import type { LoadedDocument } from './load-document.ts';

/** What a link opens, by the number that stands for it. */
const TARGETS = ['record', ...ARTIFACT_KINDS] as const;

/** Numbers of a link: line, start, end, target, and when it ends (NaN where that is not known). */
const LINK_NUMBERS = 5;

/**
 * Records and links of a document's lines as they cross a thread: numbers and texts in lists, for a page of an hour has
 * tens of thousands of them, and an object for each would hold up the thread that gets them.
 */
export interface PackedLines {
  readonly feed: Feed;
  /** Ids of the records and, in Unix minutes, their slots: one for each line, or a single one for all. */
  readonly ids: readonly string[];
  readonly minutes: Uint32Array;
  readonly isOneRecord: boolean;
  readonly links: Float64Array;
}

/** A link without its record, which is that of its line. */
export type PlacedLink = Omit<DocumentLink, 'batch' | 'id'>;

export function packLines(
  { links, records }: Pick<LoadedDocument, 'links' | 'records'>,
  { batch, view }: DocumentAddress,
): PackedLines {
  const numbers = new Float64Array(links.length * LINK_NUMBERS);
  for (const [at, { line, start, end, target, expiresAt }] of links.entries())
    numbers.set([line, start, end, TARGETS.indexOf(target), expiresAt ?? Number.NaN], at * LINK_NUMBERS);
  return {
    feed: batch.feed,
    ids: records.map(({ id }) => id),
    minutes: Uint32Array.from(records, ({ slot }) => startOf(slot) / MINUTE_MS),
    isOneRecord: view === 'record',
    links: numbers,
  };
}

/** Records and links of a document's lines, each an object only when it is asked for. */
export class DocumentLines {
  constructor(private readonly packed: PackedLines) {}

  /** Of a document that shows no record. */
  static none(feed: Feed): DocumentLines {
    const links = new Float64Array();
    return new DocumentLines({ feed, ids: [], minutes: new Uint32Array(), isOneRecord: false, links });
  }

  get recordCount(): number {
    return this.packed.ids.length;
  }

  get linkCount(): number {
    return this.packed.links.length / LINK_NUMBERS;
  }

  /** The record that a line shows. */
  recordAt(line: number): { readonly batch: BatchId<Minute>; readonly id: string } | undefined {
    const { feed, ids, minutes, isOneRecord } = this.packed;
    const at = isOneRecord ? 0 : line;
    const id = ids[at];
    const slot = minuteAt((minutes[at] ?? 0) * MINUTE_MS);
    return id === undefined ? undefined : { batch: { feed, slot }, id };
  }

  /** Where the link with this number, from 0, lies and what it opens. */
  linkAt(index: number): PlacedLink {
    const numbers = this.packed.links.subarray(index * LINK_NUMBERS, (index + 1) * LINK_NUMBERS);
    const [line = 0, start = 0, end = 0, target = 0, expiresAt = Number.NaN] = numbers;
    const place = { line, start, end, target: TARGETS[target] ?? 'record' };
    return Number.isNaN(expiresAt) ? place : { ...place, expiresAt };
  }
}
