import { escapeUnsafe } from '../common/sanitize.ts';

/**
 * JSON text as it may be shown: the same value, but `://` written `:\/\/`, so that VS Code's link detector, which
 * looks for it, sees no address in it, and characters that could hide or reorder text written `\uXXXX`. Raw tabs
 * and line ends, which JSON has only between values, become spaces.
 */
export function showJson(json: string): string {
  return escapeUnsafe(json.replace(/[\t\n\r]/gu, ' ')).replace(/\\[^]|:\/{2,}/gu, (found) =>
    found.startsWith(':') ? found.replaceAll('/', '\\/') : found,
  );
}

/** A member of an object, or an item of an array (then without a key), as its own text. */
export interface JsonPart {
  /** The key as it is written, with its quotes; empty for an item. */
  readonly key: string;
  readonly value: string;
}

/**
 * The members or items of a JSON container, each as it is written: numbers keep every digit, doubled keys stay.
 * `json` must be valid JSON; undefined when it is no container.
 */
export function jsonParts(json: string): JsonPart[] | undefined {
  const text = json.trim();
  const open = text[0];
  if (open !== '{' && open !== '[') return undefined;
  const parts: JsonPart[] = [];
  let key = '';
  let start = 1;
  let depth = 0;
  for (let at = 1; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth++;
    else if (depth > 0 && (character === '}' || character === ']')) depth--;
    else if (depth === 0 && character === ':') {
      key = text.slice(start, at).trim();
      start = at + 1;
    } else if (depth === 0 && (character === ',' || character === '}' || character === ']')) {
      const value = text.slice(start, at).trim();
      if (value !== '') parts.push({ key, value });
      key = '';
      start = at + 1;
    }
  }
  return parts;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
