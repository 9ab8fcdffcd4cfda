import assert from 'node:assert/strict';
import { mapLimited } from '../../../../src/core/common/map-limited.ts';

describe('mapLimited', () => {
  it('maps in order, and never runs more than the limit at a time', async () => {
    let running = 0;
    let most = 0;
    const items = Array.from({ length: 25 }, (_, at) => at);
    const doubled = await mapLimited(items, 4, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((turn) => setImmediate(turn));
      running--;
      return item * 2;
    });
    assert.deepEqual(
      doubled,
      items.map((item) => item * 2),
    );
    assert.equal(most, 4);
  });

  it('maps nothing to nothing, and fails as its work fails', async () => {
    assert.deepEqual(await mapLimited([], 4, () => Promise.resolve(1)), []);
    await assert.rejects(
      mapLimited([1], 4, () => Promise.reject(new Error('no'))),
      /no/u,
    );
  });
});
