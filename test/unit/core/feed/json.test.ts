import assert from 'node:assert/strict';
import { jsonAt, listAt, numberAt, parseJson, textAt, textsAt } from '../../../../src/core/feed/json.ts';

describe('looking into JSON', () => {
  const value = parseJson('{"a":{"b":[1,"x",null,""]},"t":"","n":0,"__proto__":{"p":"own"}}');

  it('finds what is there', () => {
    assert.equal(jsonAt(value, 'n'), 0);
    assert.equal(numberAt(value, 'n'), 0);
    assert.deepEqual(listAt(value, 'a', 'b'), [1, 'x', null, '']);
    assert.deepEqual(textsAt(value, 'a', 'b'), ['x', '']);
    assert.equal(textAt(value, '__proto__', 'p'), 'own');
  });

  it('finds nothing where a step is missing, of another type, or inherited', () => {
    assert.equal(textAt(value, 't'), undefined);
    assert.equal(jsonAt(value, 'a', 'b', '0'), undefined);
    assert.equal(jsonAt(value, 'n', 'toFixed'), undefined);
    assert.equal(jsonAt(value, 'constructor'), undefined);
    assert.equal(jsonAt(value, 'toString'), undefined);
    assert.equal(jsonAt(undefined, 'a'), undefined);
    assert.equal(numberAt(value, 'a'), undefined);
    assert.deepEqual(listAt(value, 'a'), []);
  });

  it('gives undefined for what is not JSON', () => {
    for (const text of ['', '{', "{'a':1}", '{"a":1}{', 'undefined', 'NaN'])
      assert.equal(parseJson(text), undefined);
  });
});
