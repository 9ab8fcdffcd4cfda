import assert from 'node:assert/strict';

/** What no shown text may hold: an address that an editor makes clickable, or characters that hide or reorder. */
const NEVER =
  /:\/\/|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e007f}]/u; // eslint-disable-line no-control-regex

export function assertHarmless(text: string): void {
  const found = NEVER.exec(text);
  if (found === null) return;
  assert.fail(
    `${JSON.stringify(found[0])} in ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 60))}`,
  );
}
