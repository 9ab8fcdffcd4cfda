import type { BehaviourIdentity } from '../behaviours/behaviour-identity.ts';
import { hostileMarkup } from './hostile-markup.ts';

const STYLE = `
body { font: 14px/1.5 sans-serif; color: #222; margin: 2em; max-width: 60em }
h1 { font-size: 1.4em } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3em .6em; border-bottom: 1px solid #ccc; font-family: monospace }
.bad { color: #b00020 }`;

/** A drawing of the run, by itself: nothing has to be fetched for it. */
const TIMELINE = `<svg width="480" height="60" role="img" aria-label="Timeline of the run">
<rect width="480" height="60" fill="#f3f3f3"/><polyline fill="none" stroke="#394eff" stroke-width="2"
points="0,50 60,48 90,12 150,30 210,8 300,44 360,20 480,52"/></svg>`;

const STEPS = [
  ['00:00.000', 'process', 'sample.exe was started'],
  ['00:00.412', 'file', '%TEMP%\\sample.tmp was written'],
  ['00:01.020', 'registry', 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\sample was set'],
  ['00:01.377', 'network', 'update.example was looked up'],
  ['00:02.101', 'network', 'http://update.example/sample/check-in was fetched'],
] as const;

/**
 * A sandbox's report. It holds what such reports hold, and what malware could bring into one:
 * see {@link hostileMarkup}, which tries to reach `origin`.
 */
export function htmlReport({ sandbox, file }: BehaviourIdentity, origin: string): string {
  const rows = STEPS.map(
    ([time, kind, what]) => `<tr><td>${time}</td><td>${kind}</td><td>${what}</td></tr>`,
  ).join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sandbox report, ${sandbox}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Sandbox report</h1>
<p id="untouched">This report is synthetic. If this line is still here, nothing in the report ran.</p>
<table>
<tr><th>Sandbox</th><td>${sandbox}</td></tr>
<tr><th>SHA-256</th><td>${file.sha256}</td></tr>
<tr><th>MD5</th><td>${file.md5}</td></tr>
<tr><th>Size</th><td>${String(file.size)} bytes</td></tr>
<tr><th>Verdict</th><td class="bad">malicious (made up)</td></tr>
</table>
<h2>Timeline</h2>
${TIMELINE}
<table>
<tr><th>Time</th><th>Kind</th><th>What happened</th></tr>
${rows}
</table>
${hostileMarkup(origin)}
</body>
</html>
`;
}
