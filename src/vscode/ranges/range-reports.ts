import * as vscode from 'vscode';
import { VtFeedsError } from '../../core/common/errors.ts';
import { escapeUnsafe } from '../../core/common/sanitize.ts';
import { rangeTitle, reportText } from '../../core/range/report-text.ts';
import type { RangeService } from './range-service.ts';

export const REPORT_SCHEME = 'vtfeeds-report';

/** The reports of ranges, as read-only documents. One that is open follows its range. */
export class RangeReports implements vscode.TextDocumentContentProvider {
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.changes.event;

  constructor(private readonly ranges: Pick<RangeService, 'range'>) {}

  provideTextDocumentContent(uri: vscode.Uri): string {
    const range = this.ranges.range(uri.query);
    const text =
      range === undefined ? 'This report is gone: its range was removed.\n' : reportText(range.record);
    return text.split('\n').map(escapeUnsafe).join('\n');
  }

  /** Opens the report of a range as it stands. Fails with `notFound`. */
  async show(id: string): Promise<void> {
    const range = this.ranges.range(id);
    if (range === undefined)
      throw new VtFeedsError('notFound', 'This range was removed, and its report with it.');
    const path = `/${rangeTitle(range).replaceAll(':', '.')}.txt`;
    const uri = vscode.Uri.from({ scheme: REPORT_SCHEME, path, query: id });
    this.changes.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.changes.dispose();
  }
}
