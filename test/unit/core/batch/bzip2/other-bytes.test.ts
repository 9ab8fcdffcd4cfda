import assert from 'node:assert/strict';
import { pipeline } from 'node:stream/promises';
import { packageMembers } from '../../../../../src/core/batch/package-members.ts';
import { compressBzip2 } from '../../../../../src/sample/bzip2/compress-bzip2.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { outcomeOf } from '../../../../support/bzip2/outcome.ts';
import { hasSystemBzip2, systemAccepts } from '../../../../support/bzip2/system-bzip2.ts';
import { tarOf } from '../../../../support/packages.ts';
import { hour } from '../../../../support/records.ts';
import { chunksOf, piecesOf, readAll } from '../../../../support/streams.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

const TEXT = Buffer.from('{"id":"a"}\n{"id":"b"}\n');
const PACKED = compressBzip2(TEXT);

const TAILS: readonly (readonly [what: string, tail: Buffer])[] = [
  ['a word', Buffer.from('garbage')],
  ['a zero', Buffer.alloc(1)],
  ['zeros', Buffer.alloc(600)],
  ['what begins like a stream', Buffer.from('BZip')],
  ['a level that is none', Buffer.from('BZh0')],
  ['more than any block is long', noise(5_000_000, 'tail')],
];

describe('bytes behind the last stream', () => {
  for (const [what, tail] of TAILS) {
    const packed = Buffer.concat([PACKED, tail]);

    it(`are left out, and told of once: ${what}`, async () => {
      let told = 0;
      const { verdict, plain } = await outcomeOf(
        parallel(() => told++),
        ...piecesOf(packed, 65_536),
      );
      assert.deepEqual([verdict, plain.toString(), told], ['fine', TEXT.toString(), 1]);
      if (hasSystemBzip2) assert.deepEqual(systemAccepts([packed]), [true]);
    });

    it(`are damage to the portable decoder: ${what}`, async () => {
      assert.equal((await outcomeOf(portable, ...piecesOf(packed, 65_536))).verdict, 'corrupt');
    });
  }

  it('are read to their end, so that whoever has them is done', async () => {
    const packed = Buffer.concat([PACKED, noise(5_000_000, 'tail')]);
    const unpacker = parallel();
    const plain = await pipeline(
      chunksOf(...piecesOf(packed, 65_536)),
      (chunks: AsyncIterable<Buffer>) => unpacker.unpack(chunks),
      readAll,
    );
    assert.deepEqual(plain, TEXT);
    const tar = await tarOf(['202611221000.bz2', packed], ['202611221001.bz2', PACKED]);
    const sizes: number[] = [];
    for await (const member of packageMembers(
      chunksOf(...piecesOf(tar, 65_536)),
      hour('2026112210'),
      unpacker,
    ))
      sizes.push((await readAll(member.plain)).length);
    assert.deepEqual(sizes, [TEXT.length, TEXT.length]);
  });

  it('are damage where they hold a mark: a stream that lost its header', async () => {
    for (const kind of [TEXT, Buffer.alloc(0)]) {
      const headless = compressBzip2(kind).subarray(4);
      for (const between of ['', 'x', 'BZh0', 'CZh9']) {
        const packed = Buffer.concat([PACKED, Buffer.from(between), headless]);
        const { verdict, plain } = await outcomeOf(parallel(), packed);
        assert.deepEqual([verdict, plain.toString()], ['corrupt', TEXT.toString()]);
      }
    }
  });
});
