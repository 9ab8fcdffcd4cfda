import assert from 'node:assert/strict';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { compressBzip2 } from '../../../../../src/sample/bzip2/compress-bzip2.ts';
import { CORPUS, noise, realTexts } from '../../../../support/bzip2/corpus.ts';
import { blockOf, streamOf } from '../../../../support/bzip2/made-stream.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import {
  hasSystemBzip2,
  systemAccepts,
  systemPacked,
  systemUnpacked,
} from '../../../../support/bzip2/system-bzip2.ts';
import { piecesOf } from '../../../../support/streams.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

describe('the parallel decoder over the corpus', () => {
  let unpacker: Unpacker;
  before(() => {
    unpacker = parallel();
  });

  async function assertGives(plain: Buffer, packed: Buffer): Promise<void> {
    const { verdict, plain: given } = await outcomeOf(unpacker, ...piecesOf(packed, 20_000));
    assert.equal(verdict, 'fine');
    // Not deepEqual: of megabytes that differ it makes a report for minutes.
    assert.ok(given.equals(plain), `${String(given.length)} other bytes`);
  }

  for (const { name, plain, packed } of CORPUS) {
    it(`gives ${name}, as the portable one does, whoever packed it`, async () => {
      await assertGives(plain, packed);
      const reference = await outcomeOf(portable, packed);
      assert.equal(reference.verdict, 'fine');
      assert.ok(reference.plain.equals(plain));
      if (hasSystemBzip2) await assertGives(plain, systemPacked(plain, plain.length % 2 === 0 ? 1 : 9));
    });
  }

  it('gives what bzip2 takes for whole', () => {
    assert.ok(CORPUS.length > 20);
    if (hasSystemBzip2) assert.ok(!systemAccepts(CORPUS.map(({ packed }) => packed)).includes(false));
  });

  it('gives what was packed at each level', async () => {
    const plain = noise(5000, 'levels');
    for (let level = 1; level <= 9; level++) await assertGives(plain, compressBzip2(plain, level));
  });

  it('gives the streams of a file one after the other, four blocks together across them', async () => {
    const files = CORPUS.filter(({ plain }) => plain.length < 250_000);
    assert.ok(files.length > 15);
    const plain = Buffer.concat(files.map((file) => file.plain));
    const packed = Buffer.concat(files.map((file) => file.packed));
    await assertGives(plain, packed);
    assert.ok((await outcomeOf(portable, packed)).plain.equals(plain));
    if (hasSystemBzip2) assert.ok(systemUnpacked(packed)?.equals(plain));
  });

  it('gives a stream of many blocks, wherever its chunks are cut', async () => {
    const texts = Array.from({ length: 50 }, (_, at) => noise(1 + at * 7, at));
    const packed = streamOf(1, texts.map(blockOf));
    const plain = Buffer.concat(texts);
    for (const size of [1, 13, 1000, packed.length]) {
      const given = await outcomeOf(unpacker, ...piecesOf(packed, size));
      assert.ok(given.plain.equals(plain), `in pieces of ${String(size)}`);
    }
  });

  const real = realTexts();
  if (real.length === 0) {
    it('has no real records: their folder is not beside this repository', () => {
      console.log('      real records: absent, nothing was unpacked of them');
    });
  }
  for (const [name, plain] of real) {
    it(`gives the real records of ${name}`, async () => {
      await assertGives(plain, hasSystemBzip2 ? systemPacked(plain, 9) : compressBzip2(plain, 9));
    });
  }
});
