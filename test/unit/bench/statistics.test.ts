import assert from 'node:assert/strict';
import { median, quantile, ratios, spreadOf } from '../../../bench/measure/statistics.ts';

describe('statistics of the bench', () => {
  for (const [values, share, expected] of [
    [[7], 0.95, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[10, 20], 0.95, 19.5],
    [Array.from({ length: 101 }, (_, at) => 100 - at), 0.95, 95],
  ] as const) {
    it(`finds ${String(expected)} at ${String(share)} of ${String(values.length)} values in any order`, () => {
      assert.equal(quantile(values, share), expected);
    });
  }

  it('tells the least, the most and the middle, and leaves the values in their order', () => {
    const values = [10, 9, 30];
    assert.deepEqual(spreadOf(values), { least: 9, most: 30 });
    assert.equal(median(values), 10);
    assert.deepEqual(values, [10, 9, 30]);
  });

  it('has no median of nothing', () => {
    assert.throws(() => median([]), RangeError);
  });

  it('compares round by round, for a slow round is slow for both', () => {
    assert.deepEqual(ratios([2, 20, 3], [1, 10, 1]), [2, 2, 3]);
    assert.deepEqual(ratios([2, 20], []), []);
  });
});
