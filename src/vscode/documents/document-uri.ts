import * as vscode from 'vscode';
import { DOCUMENT_SCHEME, formatAddress, parseAddress } from '../../core/render/document-address.ts';
import type { DocumentAddress } from '../../core/render/document-address.ts';

export function toDocumentUri(address: DocumentAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: DOCUMENT_SCHEME, ...formatAddress(address) });
}

/** Undefined for a URI that {@link toDocumentUri} does not make: other extensions and users can write any. */
export function fromDocumentUri(uri: vscode.Uri): DocumentAddress | undefined {
  if (uri.scheme !== DOCUMENT_SCHEME) return undefined;
  const address = parseAddress(uri);
  return address !== undefined && toDocumentUri(address).toString() === uri.toString() ? address : undefined;
}
