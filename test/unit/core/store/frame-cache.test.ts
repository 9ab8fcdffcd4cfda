import assert from 'node:assert/strict';
import { FrameCache } from '../../../../src/core/store/frame-cache.ts';

/** A cache of 100 bytes over frames of 30; what was loaded, in order, as `from-to`. */
function cacheOf(size = 30): { readonly cache: FrameCache; readonly loaded: string[] } {
  const loaded: string[] = [];
  const cache = new FrameCache(100, (from, to) => {
    loaded.push(`${String(from)}-${String(to)}`);
    return Promise.resolve(Array.from({ length: to - from }, (_, at) => Buffer.alloc(size, from + at)));
  });
  return { cache, loaded };
}

const numbers = (plains: readonly Buffer[]): (number | undefined)[] => plains.map((plain) => plain[0]);

describe('FrameCache', () => {
  it('loads frames that follow each other in one go, and those it keeps not again', async () => {
    const { cache, loaded } = cacheOf();
    assert.deepEqual(numbers(await cache.read(4, 6)), [4, 5]);
    assert.deepEqual(numbers(await cache.read(5, 6)), [5]);
    assert.deepEqual(numbers(await cache.read(3, 8)), [3, 4, 5, 6, 7]);
    assert.deepEqual(loaded, ['4-6', '3-4', '6-8']);
  });

  it('drops the frame that was not asked for longest', async () => {
    const { cache, loaded } = cacheOf();
    for (const frame of [1, 2, 3, 1, 4, 1, 3, 2]) await cache.read(frame, frame + 1);
    assert.deepEqual(loaded, ['1-2', '2-3', '3-4', '4-5', '2-3']);
  });

  it('gives what is larger than itself, without keeping it', async () => {
    const { cache, loaded } = cacheOf(101);
    for (let round = 0; round < 2; round++) assert.deepEqual(numbers(await cache.read(1, 3)), [1, 2]);
    assert.deepEqual(loaded, ['1-3', '1-3']);
  });

  it('counts no frame twice that was asked for twice at once', async () => {
    const { cache, loaded } = cacheOf();
    await Promise.all([cache.read(1, 4), cache.read(1, 4)]);
    loaded.length = 0;
    assert.deepEqual(numbers(await cache.read(1, 4)), [1, 2, 3]);
    assert.deepEqual(loaded, []);
  });

  it('keeps nothing of a load that failed', async () => {
    let fails = true;
    const cache = new FrameCache(100, () =>
      fails ? Promise.reject(new Error('gone')) : Promise.resolve([Buffer.from('x')]),
    );
    await assert.rejects(cache.read(0, 1));
    fails = false;
    assert.deepEqual(await cache.read(0, 1), [Buffer.from('x')]);
  });
});
