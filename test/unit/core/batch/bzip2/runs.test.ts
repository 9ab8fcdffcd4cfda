import assert from 'node:assert/strict';
import { expandRuns } from '../../../../../src/core/batch/bzip2/runs.ts';
import { Random } from '../../../../../src/sample/records/random.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { expandedRuns } from '../../../../support/bzip2/reference.ts';

const MEGABYTE = 1024 * 1024;

function expanded(text: Uint8Array): Buffer {
  return Buffer.concat([...expandRuns(text)]);
}

describe('expandRuns', () => {
  const cases: readonly (readonly [what: string, text: string, plain: string])[] = [
    ['nothing', '', ''],
    ['no run', 'abcabc', 'abcabc'],
    ['three equal bytes', 'aaab', 'aaab'],
    ['four and none more', 'aaaa\u0000b', 'aaaab'],
    ['four and one more', 'aaaa\u0001b', 'aaaaab'],
    ['four and as many as their own value says', 'aaaaab', `${'a'.repeat(4 + 97)}b`],
    ['a run behind a run of the same byte', 'aaaa\u0000aaaa\u0001a', 'aaaaaaaaaa'],
    ['a count that begins no run', 'bbbbb\u0062bb', `${'b'.repeat(4 + 98)}bbb`],
    ['four at the end, without a count', 'xaaaa', 'xaaaa'],
    ['three behind a count at the end', 'aaaa\u0002aaa', 'aaaaaaaaa'],
    ['the most there can be', 'aaaa\u00ff', 'a'.repeat(259)],
  ];
  for (const [what, text, plain] of cases) {
    it(`expands ${what}`, () => {
      assert.equal(expanded(Buffer.from(text, 'latin1')).toString('latin1'), plain);
    });
  }

  it('expands as the reference does what has many runs', () => {
    const random = new Random('runs');
    for (let round = 0; round < 200; round++) {
      const values = random.int(1, 3);
      const text = noise(random.int(0, 400), 'runs', round).map((byte) =>
        byte < 250 ? byte % values : byte,
      );
      assert.ok(expanded(text).equals(expandedRuns(text)), `round ${String(round)}`);
    }
  });

  it('hands out pieces of a megabyte at most, whole wherever a run meets their edge', () => {
    // The pieces' edge falls on every part of a run, one after the other.
    for (let before = 0; before < 264; before += 3) {
      const text = Buffer.concat([Buffer.alloc(before, 'xy'), Buffer.alloc(21_000, 'aaaa\u00ff', 'latin1')]);
      const pieces = [...expandRuns(text)];
      assert.ok(pieces.length > 1);
      assert.ok(pieces.every(({ length }) => length > 0 && length <= MEGABYTE));
      const plain = Buffer.concat(pieces);
      assert.ok(plain.subarray(before).equals(Buffer.alloc(4200 * 259, 'a')));
    }
  });
});
