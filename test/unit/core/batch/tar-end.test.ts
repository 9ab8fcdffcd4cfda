import assert from 'node:assert/strict';
import { TarEnd } from '../../../../src/core/batch/tar-end.ts';
import { tarOf } from '../../../support/packages.ts';
import { chunksOf, piecesOf, readAll } from '../../../support/streams.ts';

async function isReached(...chunks: readonly Buffer[]): Promise<boolean> {
  const end = new TarEnd();
  assert.deepEqual(await readAll(end.watching(chunksOf(...chunks))), Buffer.concat(chunks));
  return end.isReached;
}

describe('TarEnd', () => {
  it('is reached by a whole tar, wherever its chunks are cut', async () => {
    const tar = await tarOf(['one', 'text'], ['two', 'more text']);
    assert.ok(await isReached(tar));
    for (const size of [1, 7, 512, 1000]) assert.ok(await isReached(...piecesOf(tar, size)), String(size));
  });

  it('is not reached by one that is cut between members, in a member or in its end', async () => {
    const tar = await tarOf(['one', 'text'], ['two', 'more text']);
    for (const cut of [1024, 1030, 1536, tar.length - 513, tar.length - 1024]) {
      assert.ok(!(await isReached(tar.subarray(0, cut))), String(cut));
      assert.ok(!(await isReached(...piecesOf(tar.subarray(0, cut), 100))), String(cut));
    }
  });

  it('is not reached by nothing', async () => {
    assert.ok(!(await isReached()));
  });
});
