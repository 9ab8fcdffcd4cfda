import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inertHtml } from '../../../../src/core/artifacts/inert-html.ts';
import { loadReport } from '../../../../src/core/artifacts/load-report.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

/** What is left of a report must not run, load, send or lead anywhere. */
const ACTS =
  /<(?:script|noscript|template|meta|base|link|iframe|frame|frameset|object|embed|applet|audio|video|source|track|portal)\b|\son\w+\s*=|\s(?:href|xlink:href|srcset|srcdoc|action|formaction|ping|background|poster|cite|manifest|longdesc)\s*=|\ssrc="(?!data:image\/)/iu;

describe('inertHtml', () => {
  const hostile: readonly (readonly [what: string, html: string])[] = [
    ['a script', '<p>kept</p><script>alert(1)</script>'],
    ['a script in odd spelling', '<p>kept</p><ScRiPt/src=//evil.example>x</sCrIpT >'],
    ['a script that is never closed', '<p>kept</p><script>x'],
    ['a script within SVG', '<p>kept</p><svg><script>x</script><g onload=x></g></svg>'],
    ['a handler', '<p onclick="x" ONMOUSEOVER=x>kept</p><img src=x onerror=alert(1)>'],
    ['a handler after a slash', '<p>kept</p><img/src="x"/onerror=alert(1)>'],
    ['a link that runs', '<p>kept</p><a href="javascript:alert(1)">x</a>'],
    ['a link elsewhere', '<p>kept</p><a href="https://evil.example" ping="https://evil.example">x</a>'],
    [
      'a link of SVG',
      '<p>kept</p><svg><a xlink:href="javascript:x" href="javascript:x"><text>t</text></a></svg>',
    ],
    ['a use of SVG', '<p>kept</p><svg><use href="https://evil.example/x.svg#a" /></svg>'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example"><p>kept</p>'],
    ['a base', '<base href="https://evil.example"><p>kept</p>'],
    ['a frame', '<p>kept</p><iframe src="https://evil.example" srcdoc="<script>x</script>"></iframe>'],
    [
      'a form',
      '<p>kept</p><form action="https://evil.example"><button formaction="javascript:x">x</button></form>',
    ],
    [
      'an object',
      '<p>kept</p><object data="https://evil.example"><embed src="https://evil.example"></object>',
    ],
    ['a stylesheet elsewhere', '<link rel="stylesheet" href="https://evil.example/x.css"><p>kept</p>'],
    [
      'a picture elsewhere',
      '<p>kept</p><img src="https://evil.example/x.png" srcset="https://evil.example/y 2x">',
    ],
    [
      'a picture that is a document',
      '<p>kept</p><img src="data:image/svg+xml;base64,AAAA"><img src="data:text/html,x">',
    ],
    ['a background', '<table background="https://evil.example"><tr><td>kept</td></tr></table>'],
    [
      'the end of the frame that shows it',
      '<p>kept</p></iframe></template><script>x</script>"><img src=x onerror=y>',
    ],
    ['a comment that hides', '<p>kept</p><!--><script>x</script>-->'],
    [
      'a noscript trick',
      '<p>kept</p><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    ],
    ['a template', '<p>kept</p><template><script>x</script></template>'],
    ['a style sheet that holds markup', '<p>kept</p><style></p><img src=x onerror=alert(1)></style>'],
    [
      'a style sheet of SVG',
      '<p>kept</p><svg><style><a title="</style><img src=x onerror=alert(1)>"></style></svg>',
    ],
    [
      'HTML within SVG',
      '<p>kept</p><svg><foreignObject><style><img src=x onerror=alert(1)></style></foreignObject></svg>',
    ],
    ['text that was never closed', '<p>kept</p><xmp><img src=x onerror=alert(1)>'],
    [
      'markup that is mended',
      '<p>kept</p><math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
    ],
  ];
  for (const [what, html] of hostile) {
    it(`takes the harm out of ${what}`, () => {
      const inert = inertHtml(html);
      // Text within attributes and style sheets does nothing; what counts is how a browser would read it again.
      assert.doesNotMatch(inertHtml(inert).replace(/<style>[^]*?<\/style>/giu, ''), ACTS, inert);
      assert.match(inert, /kept/u);
      assert.equal(inertHtml(inert), inert);
    });
  }

  it('keeps text, tables, styles and pictures that are within', () => {
    const html =
      '<html><head><style>p{color:red}</style></head><body><p class="a" style="color:blue">Töxt &lt;b&gt;</p><img src="data:image/png;base64,AAAA" alt="x"></body></html>';
    assert.equal(inertHtml(html), html);
  });

  it('tells, defanged, where a link led', () => {
    assert.match(
      inertHtml('<a href="https://evil.example/x">y</a>'),
      /<a title="hxxps\[:\]\/\/evil\[\.\]example\/x">y<\/a>/u,
    );
  });

  it('shows no other tooltip in the place of that', () => {
    const inert = inertHtml('<a title="safe" href="https://evil.example">y</a>');
    assert.match(inert, /<a title="hxxps\[:\]\/\/evil\[\.\]example">y<\/a>/u);
  });

  it('makes a page of nothing', () => {
    assert.equal(inertHtml(''), '<html><head></head><body></body></html>');
  });
});

describe('loadReport', () => {
  const folder = useTempFolder();

  it('reads a report and makes it inert', async () => {
    const path = join(folder(), 'a.html');
    await writeFile(path, '<p onclick="x">é</p>');
    assert.equal(await loadReport(path), '<html><head></head><body><p>é</p></body></html>');
  });

  it('refuses one that is too large to show, unread', async () => {
    const path = join(folder(), 'a.html');
    await writeFile(path, '');
    await truncate(path, 32 * 1024 * 1024 + 1);
    await assert.rejects(loadReport(path), (error) => hasCode(error, 'tooLarge'));
  });

  it('refuses one that is nested too deeply to go through', async () => {
    const path = join(folder(), 'a.html');
    await writeFile(path, '<b>'.repeat(50_000));
    await assert.rejects(loadReport(path), (error) => hasCode(error, 'tooLarge'));
  });

  it('says in words that it is not there', async () => {
    await assert.rejects(loadReport(join(folder(), 'none')), (error) => hasCode(error, 'disk'));
  });
});
