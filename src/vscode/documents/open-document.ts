import * as vscode from 'vscode';
import type { DocumentAddress } from '../../core/render/document-address.ts';
import { toDocumentUri } from './document-uri.ts';

/** Shows a document in a preview tab; one that is open already is brought to front where it is. */
export async function openDocument(address: DocumentAddress): Promise<vscode.Uri> {
  const uri = toDocumentUri(address);
  const document = await vscode.workspace.openTextDocument(uri);
  const viewColumn = columnOf(uri);
  await vscode.window.showTextDocument(document, {
    preview: true,
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
  return uri;
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  )?.viewColumn;
}
