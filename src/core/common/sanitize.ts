/** Characters that can hide, reorder or forge text: controls, zero-width, bidi, line separators, tags. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u{e0000}|[\u{e0001}-\u{e007f}]/gu;

/** Writes `text` so that nothing in it can hide or reorder: unsafe characters become `\uXXXX`. */
export function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (found) =>
    [...Array(found.length).keys()]
      .map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/**
 * Makes text from a feed, a server or a header fit for a toast, a label, a tooltip or the log:
 * no control, bidi or zero-width characters, no `$(icon)`, no `[label](command:…)`, at most `limit` characters.
 */
export function sanitizeForUi(text: string, limit = 300): string {
  const flat = escapeUnsafe(text.slice(0, limit * 4).replace(/[\r\n\t]+/gu, ' '))
    .replace(/\$\(/gu, '$\u2009(')
    .replace(/\]\(/gu, ']\u2009(');
  // Half a character at the cut goes as well.
  return flat.length <= limit ? flat : `${flat.slice(0, limit - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
