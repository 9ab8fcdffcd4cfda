import assert from 'node:assert/strict';
import { MarkFinder } from '../../../../../src/core/batch/bzip2/marks.ts';
import type { MarkKind } from '../../../../../src/core/batch/bzip2/marks.ts';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { compressBzip2 } from '../../../../../src/sample/bzip2/compress-bzip2.ts';
import { LEAST_SYMBOL, craftedBlock } from '../../../../support/bzip2/crafted-block.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { blockOf, streamOf } from '../../../../support/bzip2/made-stream.ts';
import type { MadeBlock } from '../../../../support/bzip2/made-stream.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { hasSystemBzip2, systemPacked, systemUnpacked } from '../../../../support/bzip2/system-bzip2.ts';
import { piecesOf } from '../../../../support/streams.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

/**
 * The header of a block says by a bit for each which byte values occur in it. A text of just these values below 48
 * makes any encoder write the bits of a mark there. No value follows itself: runs would bring their counts.
 */
function treacherousText(rows: readonly number[]): Buffer {
  const values = rows.flatMap((bits, row) =>
    Array.from({ length: 16 }, (_, value) => value)
      .filter((value) => ((bits >> (15 - value)) & 1) === 1)
      .map((value) => row * 16 + value),
  );
  let at = 0;
  const text = noise(3000, ...rows).map((byte) => {
    at = (at + 1 + (byte % (values.length - 1))) % values.length;
    return values[at] ?? 0;
  });
  return Buffer.from(text);
}

const TREACHEROUS: readonly (readonly [kind: MarkKind, text: Buffer])[] = [
  ['block', treacherousText([0x3141, 0x5926, 0x5359])],
  ['end', treacherousText([0x1772, 0x4538, 0x5090])],
];
const PLAIN = noise(500, 'between');

function marksIn(packed: Buffer): MarkKind[] {
  return new MarkFinder().push(packed).map(({ kind }) => kind);
}

describe('a mark within a block', () => {
  let unpacker: Unpacker;
  before(() => {
    unpacker = parallel();
  });

  async function assertGives(plain: Buffer, packed: Buffer): Promise<void> {
    for (const size of [1, 100, packed.length]) {
      const { verdict, plain: given } = await outcomeOf(unpacker, ...piecesOf(packed, size));
      assert.equal(verdict, 'fine');
      assert.ok(given.equals(plain));
    }
    assert.ok((await outcomeOf(portable, packed)).plain.equals(plain));
    if (hasSystemBzip2) assert.ok(systemUnpacked(packed)?.equals(plain));
  }

  for (const [kind, text] of TREACHEROUS) {
    const block = blockOf(text);
    const other = blockOf(PLAIN);

    it(`is taken for none: the mark of ${kind}, in the only block`, async () => {
      const packed = compressBzip2(text);
      assert.deepEqual(marksIn(packed), ['block', kind, 'end']);
      await assertGives(text, packed);
      if (hasSystemBzip2) await assertGives(text, systemPacked(text, 9));
    });

    it(`is taken for none: the mark of ${kind}, in any block of a stream, at any bit`, async () => {
      for (let place = 0; place < 9; place++) {
        const texts = Array.from({ length: 9 }, (_, at) => (at === place ? text : PLAIN));
        const packed = streamOf(
          1,
          texts.map((each) => (each === text ? block : other)),
        );
        assert.equal(marksIn(packed).length, 11);
        await assertGives(Buffer.concat(texts), packed);
      }
    });

    it(`is taken for none: the mark of ${kind}, in every block of several streams`, async () => {
      const stream = streamOf(1, [block, block, block, block, block]);
      await assertGives(Buffer.concat(Array<Buffer>(10).fill(text)), Buffer.concat([stream, stream]));
    });

    it(`does not make up for what is missing: the mark of ${kind}, in a block that is cut`, async () => {
      const packed = compressBzip2(text);
      for (let end = 32; end < block.bytes.length; end += 7) {
        const { verdict, plain } = await outcomeOf(unpacker, packed.subarray(0, end));
        assert.deepEqual([verdict, plain.length], ['corrupt', 0]);
      }
    });
  }
});

describe('marks within a block', () => {
  /** A block whose codes are 8 bits each, with this many marks of a block among them. */
  function withMarks(count: number): MadeBlock & { readonly plain: Buffer } {
    const mark = Buffer.from('314159265359', 'hex');
    const between = noise(100, 'symbols').map((byte) => LEAST_SYMBOL + (byte % 250));
    return craftedBlock(
      Buffer.concat(Array.from({ length: 2 * count + 1 }, (_, at) => (at % 2 === 0 ? between : mark))),
    );
  }

  it('are survived up to four', async () => {
    for (let count = 0; count <= 4; count++) {
      const block = withMarks(count);
      const packed = streamOf(1, [block, blockOf(PLAIN), block]);
      assert.equal(marksIn(packed).length, 4 + 2 * count);
      const { verdict, plain } = await outcomeOf(parallel(), packed);
      assert.equal(verdict, 'fine');
      assert.ok(plain.equals(Buffer.concat([block.plain, PLAIN, block.plain])));
    }
  });

  it('are damage when they are more: that is no chance', async () => {
    const packed = streamOf(1, [withMarks(5)]);
    assert.ok((await outcomeOf(portable, packed)).plain.equals(withMarks(5).plain));
    assert.equal((await outcomeOf(parallel(), packed)).verdict, 'corrupt');
  });
});
