import * as vscode from 'vscode';
/** Nothing is loaded from anywhere, nothing runs, nothing is sent; only the report's own styles and pictures. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/**
 * Shows a sandbox's HTML report, which holds whatever the malware showed the sandbox. It comes inert already; it
 * lies in a frame without any permission all the same, inside a webview without scripts, forms, command links or
 * files.
 */
export function showHtmlReport(report: string, title: string): void {
  const panel = vscode.window.createWebviewPanel('vtFeeds.htmlReport', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [],
  });
  panel.webview.html = framed(report);
}

/** The page around a report. The report is an attribute's text, in which only `&` and `"` mean anything. */
function framed(report: string): string {
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
