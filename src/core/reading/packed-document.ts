import type { DocumentAddress } from '../render/document-address.ts';
import { packLines } from './document-lines.ts';
import type { PackedLines } from './document-lines.ts';
import type { LoadedDocument } from './load-document.ts';

/** A document as it crosses a thread. */
export interface PackedDocument extends Omit<LoadedDocument, 'links' | 'records'> {
  readonly lines: PackedLines;
}

export function packDocument(loaded: LoadedDocument, address: DocumentAddress): PackedDocument {
  const { links, records, ...rest } = loaded;
  return { ...rest, lines: packLines({ links, records }, address) };
}
