import { artifactKindOfKey } from '../feed/artifact.ts';
import type { ArtifactKind } from '../feed/artifact.ts';
import { parseArtifactLink } from '../feed/artifact-link.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';

/** A place in a document that opens a record or one of its artifacts. Lines and columns count from 0, columns in UTF-16 units. */
export interface DocumentLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly target: ArtifactKind | 'record';
  readonly batch: BatchId<Minute>;
  readonly id: string;
  /** When the link ends, Unix milliseconds. */
  readonly expiresAt?: number;
}

const LINKED = /"(pcap|html_report|evtx|memdump|download_url)":\s?"((?:[^"\\]|\\.)*)"/gu;
/** VS Code draws a line up to here and no further (measured); a link beyond is never seen. */
const LAST_COLUMN = 10_000;

/** A line's first key opens its record. Values never are links of ours: they may be live indicators. */
export function recordLink(text: string, line: number, batch: BatchId<Minute>, id: string): DocumentLink[] {
  const end = text.indexOf('"', 2);
  return id === '' || end < 0 ? [] : [{ line, start: 2, end, target: 'record', batch, id }];
}

/** The artifact links written out in one line of shown JSON. */
export function linksInLine(text: string, line: number, batch: BatchId<Minute>, id: string): DocumentLink[] {
  return [...text.slice(0, LAST_COLUMN).matchAll(LINKED)].flatMap(
    ([whole, key = '', value = ''], at, all) => {
      const kind = artifactKindOfKey(key);
      const link = parseArtifactLink(value.replaceAll('\\/', '/'));
      const end = (all[at]?.index ?? 0) + whole.length - 1;
      if (kind === undefined || link?.kind !== kind) return [];
      return [{ line, start: end - value.length, end, target: kind, batch, id, ...expiry(link.expiresAt) }];
    },
  );
}

export function expiry(expiresAt: number | undefined): { readonly expiresAt?: number } {
  return expiresAt === undefined ? {} : { expiresAt };
}
