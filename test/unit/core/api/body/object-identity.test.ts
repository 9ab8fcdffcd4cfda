import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import {
  canContinue,
  identityOf,
  restHeaders,
  totalOfRest,
} from '../../../../../src/core/api/body/object-identity.ts';
import type { HttpAnswer } from '../../../../../src/core/api/network/transport.ts';

const HASH = 'crc32c=AAAAAA==';

function answer(status: number, headers: Readonly<Record<string, string>>): HttpAnswer {
  return { status, headers: new Map(Object.entries(headers)), body: Readable.from([]) };
}

function identity(headers: Readonly<Record<string, string>>): ReturnType<typeof identityOf> {
  return identityOf(answer(200, headers));
}

describe('an object that may be continued', () => {
  const rows: readonly (readonly [headers: Readonly<Record<string, string>>, expected: boolean])[] = [
    [{ etag: '"abc"' }, true],
    [{ etag: '"CP+/x=="' }, true],
    [{ etag: 'W/"abc"' }, false],
    [{ etag: 'abc' }, false],
    [{ etag: '""' }, false],
    [{ etag: '"a b"' }, false],
    [{ etag: '"a", "b"' }, false],
    [{ etag: `"${'a'.repeat(300)}"` }, false],
    [{ 'last-modified': 'Sun, 22 Nov 2026 10:08:00 GMT' }, false],
    [{ 'x-goog-generation': '1' }, false],
    [{ 'x-goog-hash': HASH }, false],
    [{ 'x-goog-generation': '1', 'x-goog-hash': HASH }, true],
    [{ etag: 'W/"abc"', 'x-goog-generation': '1', 'x-goog-hash': HASH }, true],
    [{}, false],
  ];
  for (const [headers, expected] of rows) {
    it(`${expected ? 'has' : 'lacks'} a strong validator: ${JSON.stringify(headers).slice(0, 60)}`, () => {
      assert.equal(canContinue(identity(headers)), expected);
    });
  }

  it('is asked for by its validator, where that can be said', () => {
    assert.deepEqual(restHeaders(identity({ etag: '"one"' }), 7), {
      range: 'bytes=7-',
      'if-match': '"one"',
      'if-range': '"one"',
    });
    assert.deepEqual(restHeaders(identity({ 'x-goog-generation': '1' }), 7), { range: 'bytes=7-' });
  });
});

describe('totalOfRest', () => {
  const WHOLE = { etag: '"one"', 'content-length': '100', 'x-goog-generation': '5' };
  const REST = { ...WHOLE, 'content-length': '60', 'content-range': 'bytes 40-99/100' };

  it('takes the rest of the same object', () => {
    assert.equal(totalOfRest(answer(206, REST), identity(WHOLE), 40), 100);
  });

  it('learns the length of an object that did not tell it', () => {
    assert.equal(totalOfRest(answer(206, REST), identity({ etag: '"one"' }), 40), 100);
  });

  it('needs no length of the rest itself', () => {
    const chunked = { etag: '"one"', 'x-goog-generation': '5', 'content-range': 'bytes 40-99/100' };
    assert.equal(totalOfRest(answer(206, chunked), identity(WHOLE), 40), 100);
  });

  const refused: readonly (readonly [
    what: string,
    status: number,
    change: Readonly<Record<string, string>>,
  ])[] = [
    ['a 200', 200, {}],
    ['another ETag', 206, { etag: '"two"' }],
    ['the ETag turned weak', 206, { etag: 'W/"one"' }],
    ['another generation', 206, { 'x-goog-generation': '6' }],
    ['an earlier start', 206, { 'content-range': 'bytes 39-99/100' }],
    ['a later start', 206, { 'content-range': 'bytes 41-99/100' }],
    ['an end too early', 206, { 'content-range': 'bytes 40-98/100' }],
    ['another total', 206, { 'content-range': 'bytes 40-100/101', 'content-length': '61' }],
    ['no total', 206, { 'content-range': 'bytes 40-99/*' }],
    ['another unit', 206, { 'content-range': 'lines 40-99/100' }],
    ['two ranges', 206, { 'content-range': 'bytes 40-99/100, bytes 40-99/100' }],
    ['no range', 206, { 'content-range': '' }],
    ['a length that contradicts it', 206, { 'content-length': '61' }],
    ['a 416', 416, { 'content-range': 'bytes */100' }],
  ];
  for (const [what, status, change] of refused) {
    it(`takes no other: ${what}`, () => {
      assert.equal(totalOfRest(answer(status, { ...REST, ...change }), identity(WHOLE), 40), undefined);
    });
  }

  it('takes none that lost its ETag', () => {
    const { etag, ...rest } = REST;
    assert.equal(etag, '"one"');
    assert.equal(totalOfRest(answer(206, rest), identity(WHOLE), 40), undefined);
  });
});
