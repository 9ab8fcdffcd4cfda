import * as vscode from 'vscode';
import type { DocumentAddress } from '../../core/render/document-address.ts';
import type { DocumentFiles } from './document-files.ts';
import { toDocumentUri } from './document-uri.ts';

/** VS Code takes over a changed file within a fraction of this. */
const TAKEOVER_MS = 5000;

/** Shows a document in a preview tab; one that is open already is brought to front where it is. */
export async function openDocument(files: DocumentFiles, address: DocumentAddress): Promise<vscode.Uri> {
  const uri = toDocumentUri(address);
  const document = await vscode.workspace.openTextDocument(uri);
  await takenOver(document, (await files.load(uri)).text);
  const viewColumn = columnOf(uri);
  await vscode.window.showTextDocument(document, {
    preview: true,
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
  return uri;
}

/** A document that was open while its batch came or went shows the old text for a moment more. */
async function takenOver(document: vscode.TextDocument, text: string): Promise<void> {
  if (document.getText() === text) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, TAKEOVER_MS, undefined);
  const listening = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document && document.getText() === text) resolve(undefined);
  });
  await promise;
  clearTimeout(timer);
  listening.dispose();
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  )?.viewColumn;
}
