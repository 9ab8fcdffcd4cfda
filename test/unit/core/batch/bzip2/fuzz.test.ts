import assert from 'node:assert/strict';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { Random } from '../../../../../src/sample/records/random.ts';
import { CORPUS, noise } from '../../../../support/bzip2/corpus.ts';
import { LEAST_SYMBOL, craftedBlock } from '../../../../support/bzip2/crafted-block.ts';
import { FUZZ_SECONDS, PATIENCE_MS } from '../../../../support/bzip2/effort.ts';
import { blockOf, streamOf } from '../../../../support/bzip2/made-stream.ts';
import { mutated } from '../../../../support/bzip2/mutated.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

/** Which choices are made: `VT_FEEDS_FUZZ_SEED=7` makes others. */
const SEED = process.env.VT_FEEDS_FUZZ_SEED ?? '1';
/** After this many files that may be bad a good one has to come out right. */
const BATCH = 50;

const crafted = noise(400, 'symbols').map((byte) => LEAST_SYMBOL + (byte % 250));
const FILES = [
  ...CORPUS.filter(({ plain, packed }) => packed.length < 3000 && plain.length < 100_000).map(
    ({ packed }) => packed,
  ),
  streamOf(
    1,
    [50, 400, 3].map((size) => blockOf(noise(size, 'fuzz'))),
  ),
  streamOf(2, [craftedBlock(crafted), craftedBlock(crafted.subarray(9), { codeBits: 13 })]),
];
const GOOD = noise(2000, 'good');
const GOOD_PACKED = streamOf(1, [blockOf(GOOD), blockOf(GOOD.subarray(1)), blockOf(GOOD.subarray(0, 7))]);

describe('bytes that were tampered with', () => {
  let told = 0;
  let unpacker: Unpacker;
  before(() => {
    unpacker = parallel(() => told++);
  });

  it(`mean the same to both decoders, for ${String(FUZZ_SECONDS)} s`, async function () {
    this.timeout(PATIENCE_MS);
    const random = new Random('fuzz', SEED);
    const end = performance.now() + FUZZ_SECONDS * 1000;
    let rounds = 0;
    let impossibleCodes = 0;
    while (rounds < 4 * BATCH || performance.now() < end) {
      for (let at = 0; at < BATCH; at++, rounds++) {
        const packed = mutated(FILES, random);
        told = 0;
        const ours = await outcomeOf(unpacker, packed);
        const reference = await outcomeOf(portable, packed);
        const what = `round ${String(rounds)} of seed ${SEED}: ${packed.toString('base64')}`;
        assertSameBeginning(ours.plain, reference.plain, what);
        // It also takes codes that cannot be, as long as none of them occurs; ours are refused.
        if (reference.verdict === 'fine' && ours.verdict === 'corrupt') impossibleCodes++;
        // Bytes behind the last stream are damage to it.
        else if (told > 0) assert.equal(reference.verdict, 'corrupt', what);
        else {
          assert.equal(ours.verdict, reference.verdict, what);
          if (ours.verdict === 'fine') assert.equal(ours.plain.length, reference.plain.length, what);
        }
      }
      const { verdict, plain } = await outcomeOf(unpacker, GOOD_PACKED);
      assert.equal(verdict, 'fine');
      assert.ok(plain.equals(Buffer.concat([GOOD, GOOD.subarray(1), GOOD.subarray(0, 7)])));
    }
    console.log(`      ${String(rounds)} files, ${String(impossibleCodes)} with codes that cannot be`);
    assert.ok(impossibleCodes <= 2 + rounds / 1000);
  });
});

function assertSameBeginning(one: Buffer, other: Buffer, what: string): void {
  const length = Math.min(one.length, other.length);
  assert.ok(one.subarray(0, length).equals(other.subarray(0, length)), what);
}
