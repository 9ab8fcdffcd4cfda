import assert from 'node:assert/strict';
import { liftJson } from '../../../../src/core/feed/lift-json.ts';
import { LENGTH, SCALAR, items, members } from '../../../../src/core/feed/wanted.ts';
import type { Wanted } from '../../../../src/core/feed/wanted.ts';
import { Random } from '../../../../src/sample/records/random.ts';
import { INVALID_JSON, VALID_JSON, damaged, randomJson } from '../../../support/json-texts.ts';
import { pickJson } from '../../../support/pick-json.ts';

const INNER = members({ a: SCALAR, b: SCALAR });
const WANTED: readonly Wanted[] = [
  SCALAR,
  LENGTH,
  items(items(INNER, 2), 3),
  members({ a: members({ a: INNER, b: items(SCALAR, 2), list: LENGTH }), b: SCALAR, list: items(INNER, 2) }),
];

/** Lifted and parsed-and-picked must be the same; tells whether it was JSON. */
function assertSame(bytes: Buffer): boolean {
  for (const wanted of WANTED) {
    const expected = pickJson(bytes, wanted);
    assert.deepEqual(liftJson(bytes, wanted), expected, bytes.toString('latin1').slice(0, 500));
  }
  return liftJson(bytes, SCALAR) !== undefined;
}

/** The text at every place where a value may stand: alone, last and not last, deep and wanted. */
const places = (text: string): string[] => [
  text,
  ` \t${text}\r\n`,
  `[${text}]`,
  `[${text},1]`,
  `{"x":${text}}`,
  `{"a":{"b":${text},"a":{"a":${text}}},"b":${text},"list":[{"a":${text}},${text},${text}]}`,
];

describe('liftJson', () => {
  it('takes what JSON.parse takes, and lifts the same', () => {
    for (const text of VALID_JSON.flatMap(places)) assert.ok(assertSame(Buffer.from(text)), text);
  });

  it('refuses what JSON.parse refuses', () => {
    for (const text of ['', ' \n', ...INVALID_JSON.flatMap(places)])
      assert.ok(!assertSame(Buffer.from(text)), text);
  });

  it('goes by the last of doubled keys, whatever its kind and however it is written', () => {
    const wanted = members({ a: members({ b: SCALAR }) });
    const lifted = (text: string): unknown => liftJson(Buffer.from(text), wanted);
    assert.deepEqual(lifted('{"a":{"b":1},"a":{"c":2}}'), { a: {} });
    assert.deepEqual(lifted('{"a":{"b":1},"\\u0061":{"b":2}}'), { a: { b: 2 } });
    assert.deepEqual(lifted('{"a":{"b":1},"a":"text"}'), { a: null });
    assert.deepEqual(lifted('{"a":[],"a":{"b":1,"b":[]}}'), { a: { b: null } });
  });

  it('lifts the items that are wanted, and no list is longer for it', () => {
    const list = Buffer.from('[1,[2],"3",4]');
    assert.deepEqual(liftJson(list, items(SCALAR, 3)), [1, null, '3']);
    assert.equal((liftJson(list, LENGTH) as unknown[]).length, 4);
    assert.deepEqual(liftJson(list, members({ 0: SCALAR })), null);
  });

  it('reads bytes that are no UTF-8 as JSON.parse reads their text', () => {
    const bad = [[0x80], [0xc3], [0xc3, 0x28], [0xe2, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0xff, 0xfe]];
    for (const bytes of bad) {
      const quoted = Buffer.concat([Buffer.from('{"b":"x'), Buffer.from(bytes), Buffer.from('"}')]);
      assert.ok(assertSame(quoted));
      const key = Buffer.concat([Buffer.from('{"b'), Buffer.from(bytes), Buffer.from('":1,"b":2}')]);
      assert.ok(assertSame(key));
      assert.ok(!assertSame(Buffer.concat([Buffer.from('[1'), Buffer.from(bytes), Buffer.from(']')])));
    }
  });

  it('finds the end of strings of every length at every offset', () => {
    for (let length = 0; length < 20; length++) {
      for (let offset = 0; offset < 8; offset++) {
        for (const last of ['', '"', '\\"', '\\\\', 'é', '\u001f', '\\']) {
          const text = `${' '.repeat(offset)}["${'s'.repeat(length)}${last}","t"]`;
          assertSame(Buffer.from(text));
          assertSame(Buffer.from(`xx${text}yy`).subarray(2, -2));
        }
      }
    }
  });

  it('agrees with JSON.parse on JSON written at random, whole and damaged', () => {
    const random = new Random('lift');
    const seen = { valid: 0, invalid: 0 };
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(randomJson(random, 5));
      assert.ok(assertSame(bytes));
      seen[assertSame(damaged(bytes, random)) ? 'valid' : 'invalid']++;
    }
    assert.ok(seen.valid > 200 && seen.invalid > 200, JSON.stringify(seen));
  });

  it('reads nesting a million deep, and knows when an end is missing', () => {
    const deep = Buffer.from(`${'{"a":['.repeat(5e5)}${']}'.repeat(5e5)}`);
    assert.deepEqual(liftJson(deep, members({ a: LENGTH })), { a: [null] });
    assert.equal(liftJson(deep.subarray(0, -1), SCALAR), undefined);
    assert.equal(liftJson(Buffer.from('['.repeat(1e6)), LENGTH), undefined);
  });
});
