import assert from 'node:assert/strict';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { CORPUS } from '../../../../support/bzip2/corpus.ts';
import { PATIENCE_MS, sample } from '../../../../support/bzip2/effort.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { hasSystemBzip2, systemAccepts } from '../../../../support/bzip2/system-bzip2.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

/** Where a file is cut: a small one at each byte, the others at every 1 KB, all of them close to their end. */
function cutsOf(packed: Buffer): Buffer[] {
  const { length } = packed;
  const step = length < 1024 ? 1 : 1024;
  const ends = Array.from({ length }, (_, end) => end).filter((end) => end % step === 0 || length - end < 16);
  return ends.map((end) => packed.subarray(0, end));
}

describe('a file that ends too early', function () {
  this.timeout(PATIENCE_MS);
  let unpacker: Unpacker;
  before(() => {
    unpacker = parallel();
  });

  for (const { name, plain, packed } of CORPUS) {
    async function assertRefused(decoder: Unpacker, cut: Buffer): Promise<void> {
      const { verdict, plain: given } = await outcomeOf(decoder, cut);
      const expected = cut.length === 0 ? 'emptyBody' : cut.length < 4 ? 'notBzip2' : 'corrupt';
      assert.equal(verdict, expected, `cut at ${String(cut.length)}`);
      assert.ok(given.equals(plain.subarray(0, given.length)), `cut at ${String(cut.length)}`);
    }

    it(`is refused by both, and gives no more than whole blocks: ${name}`, async () => {
      const cuts = cutsOf(packed);
      assert.ok(cuts.length > 10);
      // What becomes of many megabytes takes its time.
      for (const cut of sample(cuts, plain.length > 400_000 ? 8 : 600)) await assertRefused(unpacker, cut);
      for (const cut of sample(cuts, plain.length > 400_000 ? 1 : 6)) await assertRefused(portable, cut);
    });
  }

  it('is refused by bzip2', () => {
    const cuts = CORPUS.flatMap(({ packed }) => sample(cutsOf(packed), 8));
    assert.ok(cuts.length > 100);
    if (hasSystemBzip2) assert.ok(!systemAccepts(cuts).includes(true));
  });
});
