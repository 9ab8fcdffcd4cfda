import * as vscode from 'vscode';
import { recordsText } from '../../core/catalog/size-text.ts';
import { internalId } from '../commands/internal.ts';
import type { InternalName } from '../commands/internal.ts';
import type { DocumentAddress } from '../../core/render/document-address.ts';
import { toDocumentUri } from './document-uri.ts';
import type { DocumentFiles, ShownDocument } from './document-files.ts';

/** The line above a document: its pages, the other renderings, or the way to fetch it again. */
export class DocumentLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses;

  constructor(private readonly files: DocumentFiles) {
    this.onDidChangeCodeLenses = files.onDidRefresh;
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const document = await this.files.load(uri);
    const top = new vscode.Range(0, 0, 0, 0);
    return lensesOf(document).map((command) => new vscode.CodeLens(top, command));
  }
}

function lensesOf(document: ShownDocument): vscode.Command[] {
  const { address, problem, page, pages } = document;
  const { batch } = address;
  if (problem !== undefined) {
    const isMended = problem === 'notStored' || problem === 'corrupt';
    return isMended ? [run('fetchAgain', '$(cloud-download) Download it again', address)] : [];
  }
  const batchIs = { feed: batch.feed, time: batch.slot };
  const show = (title: string, to: DocumentAddress): vscode.Command => run('showDocument', title, to);
  if (address.view === 'record') {
    return [show('$(list-flat) Its batch', { source: address.source, batch, view: 'summary', page: 1 })];
  }
  const other = address.view === 'summary' ? 'full' : 'summary';
  return [
    { title: extentText(document), command: '' },
    ...(page > 1 ? [show('$(arrow-left) Older page', { ...address, page: page - 1 })] : []),
    ...(page < pages ? [show('Newer page $(arrow-right)', { ...address, page: page + 1 })] : []),
    show(other === 'full' ? 'Full records' : 'Summary', { ...address, view: other, page: 1 }),
    { title: 'Save as…', command: 'vtFeeds.saveBatchAs', arguments: [{ node: 'document', ...batchIs }] },
  ];
}

/** How much a document shows of its batch, and whether more is to come. */
function extentText({ page, pages, lines, recordsSoFar }: ShownDocument): string {
  const shown = recordsText(lines.recordCount);
  const extent = pages === 1 ? shown : `Page ${String(page)} of ${String(pages)}, ${shown}`;
  if (recordsSoFar === undefined) return extent;
  const coming = `$(sync~spin) Still coming: ${recordsText(recordsSoFar)} so far`;
  return pages === 1 ? coming : `${coming}. ${extent}`;
}

function run(name: InternalName, title: string, address: DocumentAddress): vscode.Command {
  return { title, command: internalId(name), arguments: [toDocumentUri(address).toString()] };
}
