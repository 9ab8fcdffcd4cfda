import type * as vscode from 'vscode';
import type { Source } from '../../core/render/document-address.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import type { Minute } from '../../core/feed/slot.ts';
import type { DocumentFiles } from './document-files.ts';
import { fromDocumentUri } from './document-uri.ts';

/** The record whose line the cursor is in; undefined outside of `vtfeeds:` documents. */
export async function recordAtCursor(
  files: DocumentFiles,
  { document, selection }: vscode.TextEditor,
): Promise<{ readonly source: Source; readonly batch: BatchId<Minute>; readonly id: string } | undefined> {
  const address = fromDocumentUri(document.uri);
  if (address === undefined) return undefined;
  const { lines } = await files.load(document.uri);
  const found = lines.recordAt(selection.active.line);
  return found === undefined || found.id === '' ? undefined : { source: address.source, ...found };
}
