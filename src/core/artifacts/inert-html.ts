import { html, parse, serialize } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { defang } from '../feed/defang.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements that run, load, send or lead away; they go with all they hold. */
const REMOVED = new Set(
  'script noscript template meta base link iframe frame frameset object embed applet portal audio video source track'.split(
    ' ',
  ),
);
/**
 * What a second reading may take for other markup than the first did (mutation XSS): foreign elements that hold
 * HTML, old elements whose text is not escaped, and comments.
 */
const AMBIGUOUS = new Set(['math', 'foreignObject', 'xmp', 'noembed', 'noframes', 'plaintext', '#comment']);
/** Attributes that name an address or hold code. `src` stays where it holds its picture itself. */
const ADDRESSES = new Set(
  'href xlink:href src srcset srcdoc action formaction ping background poster data cite manifest longdesc'.split(
    ' ',
  ),
);
const EMBEDDED_PICTURE = /^data:image\/(?:png|gif|jpe?g|webp|bmp);base64,/iu;

/**
 * A sandbox's report with everything taken out that could act or lead somewhere; its text, styles and embedded
 * pictures stay, and a link tells in its tooltip, defanged, where it led. The frame that shows it allows nothing
 * either: this makes a click on a link do nothing, where the frame alone would go blank.
 */
export function inertHtml(report: string): string {
  const document = parse(report);
  clean(document);
  return serialize(document);
}

function clean(parent: { childNodes: Node[] }): void {
  parent.childNodes = parent.childNodes.filter(
    (node) => !REMOVED.has(node.nodeName) && !AMBIGUOUS.has(node.nodeName) && !isForeignStyle(node),
  );
  for (const node of parent.childNodes) {
    if (node.nodeName === 'style') unmark(node);
    if ('attrs' in node) disarm(node);
    if ('childNodes' in node) clean(node);
  }
}

function isForeignStyle(node: Node): boolean {
  return node.nodeName === 'style' && node.namespaceURI !== html.NS.HTML;
}

/** Writes `<` in a style sheet as CSS does, so that no reader ever finds markup in it. */
function unmark(style: Element): void {
  for (const node of style.childNodes) if ('value' in node) node.value = node.value.replaceAll('<', '\\3C ');
}

function disarm(element: Element): void {
  const led = element.attrs.find(({ name }) => name === 'href')?.value;
  element.attrs = element.attrs.filter(({ name, value, prefix }) => {
    const full = prefix === undefined || prefix === '' ? name : `${prefix}:${name}`;
    if (name.startsWith('on')) return false;
    return !ADDRESSES.has(full) || (name === 'src' && EMBEDDED_PICTURE.test(value));
  });
  if (led === undefined) return;
  element.attrs = [
    ...element.attrs.filter(({ name }) => name !== 'title'),
    { name: 'title', value: defang(led) },
  ];
}
