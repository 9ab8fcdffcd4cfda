import * as vscode from 'vscode';
import type { Arrivals } from '../../core/catalog/arrivals.ts';
import type { DocumentAddress } from '../../core/render/document-address.ts';
import type { DocumentFiles } from './document-files.ts';
import { openDocument, takenOver } from './open-document.ts';

/** What was stored, and the document that shows it. */
export interface OpenedBatch<T> {
  readonly stored: T;
  readonly uri: vscode.Uri;
}

/**
 * Opens a document while `store` brings its batch into the store: as soon as the first records can be read, else at
 * the end. Resolves when the batch is stored and the document shows the whole. A person who has turned to something
 * else by then is not called back. Fails as `store` does; the document then says that the batch is not there.
 */
export async function openArriving<T>(
  files: DocumentFiles,
  arrivals: Arrivals,
  address: DocumentAddress,
  store: () => Promise<T>,
): Promise<OpenedBatch<T>> {
  let early: Promise<vscode.Uri | undefined> | undefined;
  const look = (): void => {
    // The document can still be opened at the end, when the batch is there.
    if (arrivals.has(address.batch)) early ??= openDocument(files, address).catch(() => undefined);
  };
  const stop = arrivals.onDidChange(look);
  look();
  try {
    const stored = await store();
    const uri = await early;
    if (uri === undefined) return { stored, uri: await openDocument(files, address) };
    const held = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (held !== undefined) await takenOver(files, held);
    return { stored, uri };
  } finally {
    stop();
  }
}
