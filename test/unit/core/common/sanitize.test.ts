import assert from 'node:assert/strict';
import { escapeUnsafe, sanitizeForUi } from '../../../../src/core/common/sanitize.ts';

/** What must never reach a label, a toast or the log: controls, zero-width, bidi, separators, torn characters. */
const NEVER = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

describe('sanitizeForUi', () => {
  const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
    ['plain text', 'Zürich 東京 👩‍💻'.replace('\u200d', ''), 'Zürich 東京 👩💻'],
    ['right-to-left override', 'gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['bidi isolates', '\u2066a\u2069', '\\u2066a\\u2069'],
    ['zero-width characters', 'a\u200bb\u2060c\ufeffd\u00ade', 'a\\u200bb\\u2060c\\ufeffd\\u00ade'],
    ['tag characters', 'a\u{e0041}b', 'a\\udb40\\udc41b'],
    ['line breaks and tabs', 'a\r\n\tb\nc', 'a b c'],
    ['line separators', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['an escape sequence', '\u001b]52;c;AA\u0007', '\\u001b]52;c;AA\\u0007'],
    ['C1 controls', '\u009b31m', '\\u009b31m'],
    ['NUL', 'a\u0000b', 'a\\u0000b'],
    ['a lone high surrogate', 'a\ud800b', 'a\\ud800b'],
    ['a lone low surrogate', '\udc00', '\\udc00'],
    ['an icon', '$(verified) ok', '$\u2009(verified) ok'],
    ['a command link', '[ok](command:x)', '[ok]\u2009(command:x)'],
    ['both, twice', '$(a)$(b)[c](d)[e](f)', '$\u2009(a)$\u2009(b)[c]\u2009(d)[e]\u2009(f)'],
    ['the halves of an icon around a removed character', '$\u200b(x)', '$\\u200b(x)'],
    ['the halves of a link around a line break', '[a]\n(b)', '[a] (b)'],
    ['nothing', '', ''],
  ];
  for (const [what, text, shown] of cases) {
    it(`makes ${what} harmless`, () => {
      assert.equal(sanitizeForUi(text), shown);
      assert.doesNotMatch(sanitizeForUi(text), NEVER);
    });
  }

  it('keeps a limit, by default 300 characters', () => {
    assert.equal(sanitizeForUi('x'.repeat(300)), 'x'.repeat(300));
    assert.equal(sanitizeForUi('x'.repeat(301)), `${'x'.repeat(299)}…`);
    assert.equal(sanitizeForUi('\u202e'.repeat(10_000), 20).length, 20);
    assert.equal(sanitizeForUi('abc', 3), 'abc');
    assert.equal(sanitizeForUi('abcd', 3), 'ab…');
  });

  it('tears no character in two at any limit', () => {
    for (let limit = 1; limit < 30; limit++) {
      const shown = sanitizeForUi('a𝒳𝒴𝒵'.repeat(100), limit);
      assert.ok(shown.length <= limit);
      assert.doesNotMatch(shown, NEVER, `at ${String(limit)}`);
    }
  });

  it('leaves no icon and no link at any limit', () => {
    for (let limit = 1; limit < 30; limit++)
      assert.doesNotMatch(sanitizeForUi('$(a)[b](c)'.repeat(9), limit), /\$\(|\]\(/u);
  });

  it('is quick with a megabyte', () => {
    const started = performance.now();
    assert.equal(sanitizeForUi('$(x)](y)\u202e'.repeat(100_000)).length, 300);
    assert.ok(performance.now() - started < 50);
  });
});

describe('escapeUnsafe', () => {
  it('writes JSON text so that it still means the same', () => {
    const text = 'a\u202e\u200b\u{e0041}\u00ad\u2028\ufeff𝒳é';
    const shown = escapeUnsafe(JSON.stringify(text));
    assert.doesNotMatch(shown, NEVER);
    assert.equal(JSON.parse(shown), text);
  });
});
