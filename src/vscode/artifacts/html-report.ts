import * as vscode from 'vscode';
import { readFile, stat } from 'node:fs/promises';
import { VtFeedsError } from '../../core/common/errors.ts';

/** Nothing is loaded from anywhere, nothing runs, nothing is sent; only the report's own styles and pictures. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";
const MAX_REPORT_BYTES = 32 * 1024 * 1024;

/**
 * Shows a sandbox's HTML report. It holds whatever the malware showed the sandbox, so it lies in a frame without
 * any permission, inside a webview without scripts, forms, command links or files.
 */
export async function showHtmlReport(path: string, title: string): Promise<void> {
  if ((await stat(path)).size > MAX_REPORT_BYTES) {
    throw new VtFeedsError(
      'tooLarge',
      'This HTML report is larger than 32 MB and is not shown. It stays on disk.',
    );
  }
  const report = await readFile(path, 'utf8');
  const panel = vscode.window.createWebviewPanel('vtFeeds.htmlReport', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [],
  });
  panel.webview.html = framed(report);
}

/** The page around a report. The report is an attribute's text, in which only `&` and `"` mean anything. */
export function framed(report: string): string {
  const text = report.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<style>
html, body { height: 100%; margin: 0; padding: 0; }
body { display: flex; flex-direction: column; }
p { margin: 0; padding: 6px 12px; font: 12px var(--vscode-font-family); border-bottom: 1px solid var(--vscode-panel-border, #888); }
iframe { flex: 1; width: 100%; border: 0; background: #fff; }
</style>
</head>
<body>
<p>The sandbox's own report. Nothing in it can run, load or navigate.</p>
<iframe sandbox="" referrerpolicy="no-referrer" title="Sandbox report" srcdoc="${text}"></iframe>
</body>
</html>`;
}
