import assert from 'node:assert/strict';
import { interleave } from '../../../bench/measure/interleave.ts';

describe('rounds of the bench', () => {
  it('let everybody run once a round, every other round in reverse', async () => {
    const order: string[] = [];
    const contender = (name: string) => () => Promise.resolve(order.push(name));
    const results = await interleave(3, { a: contender('a'), b: contender('b') });
    assert.deepEqual(order, ['a', 'b', 'b', 'a', 'a', 'b']);
    assert.deepEqual(results, { a: [1, 4, 5], b: [2, 3, 6] });
  });
});
