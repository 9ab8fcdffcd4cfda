/** What a page shows that let a report's script run. */
const TAKEN_OVER = 'HOSTILE REPORT TOOK OVER';

/**
 * Every way a report could act, each reaching for a path of its own under `origin`, so that a test sees
 * in that server's log which of them worked: none may.
 */
export function hostileMarkup(origin: string): string {
  return `<h2>Strings found in the sample</h2>
<p>"'></iframe></textarea></title><b>"quoted" &quot;srcdoc&quot;</b></p>
<script>
document.title = '${TAKEN_OVER}';
document.body.textContent = '${TAKEN_OVER}';
fetch('${origin}/hostile/script', { mode: 'no-cors' });
if (window.parent !== window) window.parent.postMessage({ type: 'hostile' }, '*');
</script>
<meta http-equiv="refresh" content="0;url=${origin}/hostile/refresh">
<base href="${origin}/hostile/base/">
<link rel="stylesheet" href="${origin}/hostile/stylesheet">
<style>@import url("${origin}/hostile/import"); #untouched { background: url("${origin}/hostile/background") }</style>
<img src="http://192.0.2.1/hostile/address.png" alt="">
<img src="${origin}/hostile/image" alt="" onerror="document.title = '${TAKEN_OVER}'">
<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" alt="one pixel">
<svg width="1" height="1" onload="document.title = '${TAKEN_OVER}'"></svg>
<iframe src="${origin}/hostile/frame" title="frame"></iframe>
<object data="${origin}/hostile/object"></object>
<form action="${origin}/hostile/form" method="get"><input name="password"><button>Sign in again</button></form>
<p><a href="${origin}/hostile/link">A link</a> <a href="javascript:document.title='${TAKEN_OVER}'">A script link</a>
<a href="command:workbench.action.quit">A command link</a></p>`;
}
