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
  await takenOver(files, document);
  const viewColumn = columnOf(uri);
  await vscode.window.showTextDocument(document, {
    preview: true,
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
  return uri;
}

/** Resolves when a document shows its file: while its batch comes or goes it shows the old text for a moment more. */
export async function takenOver(files: DocumentFiles, document: vscode.TextDocument): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const look = async (): Promise<void> => {
    const { text } = await files.load(document.uri);
    if (document.isClosed || document.getText() === text) resolve(undefined);
  };
  const timer = setTimeout(resolve, TAKEOVER_MS, undefined);
  const again = (changed: vscode.TextDocument): void => {
    if (changed === document) look().catch(reject);
  };
  const listening = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      again(event.document);
    }),
    vscode.workspace.onDidCloseTextDocument(again),
  );
  try {
    await Promise.all([look(), promise]);
  } finally {
    clearTimeout(timer);
    listening.dispose();
  }
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  )?.viewColumn;
}
