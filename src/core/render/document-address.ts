import { feedInfo, isFeed } from '../feed/feed.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { isMinute, parseSlot } from '../feed/slot.ts';
import { slotText } from '../feed/slot-text.ts';

export const DOCUMENT_SCHEME = 'vtfeeds';

/** Where batches come from; each source has a store of its own. */
export type Source = 'virustotal' | 'sample';

/** Names one document: a batch and a view of it. Pages count from 1. */
export type DocumentAddress =
  | {
      readonly source: Source;
      readonly batch: BatchId;
      readonly view: 'summary' | 'full';
      readonly page: number;
    }
  | { readonly source: Source; readonly batch: BatchId; readonly view: 'record'; readonly id: string };

/** The parts of a document's URI, decoded. */
export interface AddressParts {
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** `vtfeeds://<source>/<feed>/<slot>/<title>?view=…`; the title is for people, the rest names the document. */
export function formatAddress(address: DocumentAddress): AddressParts {
  const { source, batch, view } = address;
  const which =
    view === 'record'
      ? `id=${encodeURIComponent(address.id.toWellFormed())}`
      : `page=${String(address.page)}`;
  return {
    authority: source,
    path: `/${batch.feed}/${batch.slot}/${documentTitle(address)}`,
    query: `view=${view}&${which}`,
  };
}

/** Reads what {@link formatAddress} writes; undefined for anything else. */
export function parseAddress({ authority, path, query }: AddressParts): DocumentAddress | undefined {
  const [, feed, time = '', , ...more] = path.split('/');
  const slot = parseSlot(time);
  const source = authority === 'virustotal' || authority === 'sample' ? authority : undefined;
  if (source === undefined || !isFeed(feed) || slot === undefined || more.length > 0) return undefined;
  const batch: BatchId = { feed, slot };
  const values = new URLSearchParams(query);
  const view = values.get('view');
  if (view === 'record') {
    const id = values.get('id') ?? '';
    return id === '' || !isMinute(slot) ? undefined : { source, batch, view, id };
  }
  const page = Number(values.get('page'));
  if ((view !== 'summary' && view !== 'full') || !Number.isInteger(page) || page < 1) return undefined;
  return { source, batch, view, page };
}

/** The tab's label: feed and time in plain words. */
function documentTitle(address: DocumentAddress): string {
  const { feed, slot } = address.batch;
  const info = feedInfo(feed);
  if (address.view === 'record') {
    const name = address.id
      .toWellFormed()
      .replace(/[^\w.-]+/gu, ' ')
      .trim();
    return `${info.recordTitle} ${name.length > 24 ? `${name.slice(0, 12)}…` : name}.json`;
  }
  const page = address.page === 1 ? '' : ` page ${String(address.page)}`;
  const sample = address.source === 'sample' ? ' (sample)' : '';
  return `${info.title} ${slotText(slot)} UTC${sample}${address.view === 'full' ? ' full' : ''}${page}.jsonl`;
}
