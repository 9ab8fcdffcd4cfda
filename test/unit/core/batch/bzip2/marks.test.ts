import assert from 'node:assert/strict';
import { MARK_BITS, MarkFinder } from '../../../../../src/core/batch/bzip2/marks.ts';
import type { Mark, MarkKind } from '../../../../../src/core/batch/bzip2/marks.ts';
import { Random } from '../../../../../src/sample/records/random.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { piecesOf } from '../../../../support/streams.ts';

type MarkAndDigits = readonly [kind: MarkKind, digits: bigint];

const MARKS: readonly [MarkAndDigits, MarkAndDigits] = [
  ['block', 0x314159265359n],
  ['end', 0x177245385090n],
];

function found(...chunks: readonly Buffer[]): Mark[] {
  const finder = new MarkFinder();
  return chunks.flatMap((chunk) => finder.push(chunk));
}

/** Overwrites 48 bits of `bytes` from bit `bit` on. */
function plant(bytes: Buffer, bit: number, digits: bigint): void {
  const first = bit >> 3;
  const shift = BigInt(8 - (bit & 7));
  const around = BigInt(`0x${bytes.toString('hex', first, first + 7)}`);
  const mask = 0xffffffffffffn << shift;
  const planted = (around & ~mask) | (digits << shift);
  bytes.write(planted.toString(16).padStart(14, '0'), first, 'hex');
}

describe('MarkFinder', () => {
  it('finds both marks at every bit, wherever the chunks are cut', () => {
    for (const [kind, digits] of MARKS) {
      for (let bit = 0; bit < 48; bit++) {
        const bytes = Buffer.alloc(20, bit % 2 === 0 ? 0 : 255);
        plant(bytes, bit, digits);
        for (let cut = 0; cut <= bytes.length; cut++)
          assert.deepEqual(
            found(bytes.subarray(0, cut), bytes.subarray(cut)),
            [{ kind, bit }],
            `${kind} at bit ${String(bit)}, cut at ${String(cut)}`,
          );
        for (const size of [1, 2, 3, 4, 5, 6, 7])
          assert.deepEqual(found(...piecesOf(bytes, size)), [{ kind, bit }]);
      }
    }
  });

  it('tells of a mark once, with the chunk that completes it', () => {
    const finder = new MarkFinder();
    const bytes = Buffer.from('ff314159265359ff', 'hex');
    assert.deepEqual(finder.push(bytes.subarray(0, 6)), []);
    assert.deepEqual(finder.push(bytes.subarray(6, 7)), [{ kind: 'block', bit: 8 }]);
    assert.deepEqual(finder.push(bytes.subarray(7)), []);
    assert.deepEqual(finder.push(Buffer.alloc(0)), []);
    assert.deepEqual(finder.push(Buffer.from('ff')), []);
  });

  it('finds marks behind each other, without a bit between them', () => {
    for (let shift = 0; shift < 8; shift++) {
      const bytes = Buffer.alloc(32);
      const expected = [...MARKS, ...MARKS, ...MARKS].slice(0, 5).map(([kind, digits], at) => {
        const bit = shift + at * MARK_BITS;
        plant(bytes, bit, digits);
        return { kind, bit };
      });
      for (const size of [1, 5, 32]) assert.deepEqual(found(...piecesOf(bytes, size)), expected);
    }
  });

  it('misses none that are planted in noise, and makes none up', () => {
    const random = new Random('planted marks');
    const bytes = noise(300_000, 'planted marks');
    const expected: Mark[] = [];
    for (let bit = random.int(0, 99); bit < bytes.length * 8 - 64; bit += random.int(MARK_BITS, 3000)) {
      const [kind, digits] = random.pick(MARKS);
      plant(bytes, bit, digits);
      expected.push({ kind, bit });
    }
    assert.ok(expected.length > 1000);
    for (const size of [997, 65_536, bytes.length])
      assert.deepEqual(found(...piecesOf(bytes, size)), expected);
  });

  it('takes nothing for a mark that differs in a bit', () => {
    for (const [, digits] of MARKS) {
      for (let shift = 0; shift < 8; shift++) {
        for (let bit = 0n; bit < 48n; bit++) {
          const bytes = Buffer.alloc(20);
          plant(bytes, 40 + shift, digits ^ (1n << bit));
          assert.deepEqual(found(bytes), []);
        }
      }
    }
  });

  it('takes nothing for a mark that lacks its last bit', () => {
    for (const [, digits] of MARKS) {
      for (let shift = 0; shift < 8; shift++) {
        const bytes = Buffer.alloc(20);
        plant(bytes, shift, digits);
        assert.deepEqual(found(bytes.subarray(0, Math.ceil((shift + MARK_BITS) / 8) - 1)), []);
      }
    }
  });
});
