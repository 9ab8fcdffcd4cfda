import { jsonParts } from './json-text.ts';

const INDENT = '  ';
/** Deeper containers stay on one line: no known record is nearly as deep, and a hostile one may be. */
const MAX_DEPTH = 64;

/** JSON text over several lines, values as they are written. */
export function prettyJson(json: string, depth = 0): string {
  const text = json.trim();
  const parts = depth < MAX_DEPTH ? jsonParts(text) : undefined;
  if (parts === undefined) return text;
  const [open, close] = text.startsWith('{') ? ['{', '}'] : ['[', ']'];
  if (parts.length === 0) return open + close;
  const lines = parts.map(({ key, value }) => (key === '' ? '' : `${key}: `) + prettyJson(value, depth + 1));
  const indent = INDENT.repeat(depth);
  return `${open}\n${lines.map((line) => indent + INDENT + line).join(',\n')}\n${indent}${close}`;
}
