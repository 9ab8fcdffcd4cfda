import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { isBzip2 } from '../../../../../src/core/batch/bzip2/bzip2-errors.ts';
import type { Unpacker } from '../../../../../src/core/batch/bzip2/unpacker.ts';
import { VtFeedsError, hasCode } from '../../../../../src/core/common/errors.ts';
import { compressBzip2 } from '../../../../../src/sample/bzip2/compress-bzip2.ts';
import { chunksOf, piecesOf, readAll } from '../../../../support/streams.ts';
import { parallel, portable } from '../../../../support/unpackers.ts';

const TEXT = Buffer.from(Array.from({ length: 60 }, (_, at) => `{"id":"${String(at * 7919)}"}\n`).join(''));
const PACKED = compressBzip2(TEXT, 1);
const EMPTY = compressBzip2(Buffer.alloc(0), 9);

const UNPACKERS: readonly (readonly [name: string, create: () => Unpacker])[] = [
  ['PortableUnpacker', () => portable],
  ['ParallelUnpacker', () => parallel()],
];

for (const [name, create] of UNPACKERS)
  describe(name, () => {
    let unpacker: Unpacker;
    before(() => {
      unpacker = create();
    });

    function decode(...chunks: readonly Buffer[]): Promise<Buffer> {
      return readAll(unpacker.unpack(chunksOf(...chunks)));
    }

    /** The error's code, or what came out. */
    async function outcome(packed: Buffer): Promise<string> {
      return decode(packed).then(
        (plain) => `gave ${String(plain.length)} bytes`,
        (error: unknown) => (error instanceof VtFeedsError ? error.code : String(error)),
      );
    }

    it('unpacks one stream, wherever its chunks are cut', async () => {
      assert.deepEqual(await decode(PACKED), TEXT);
      for (const size of [1, 2, 3, 5, 64]) assert.deepEqual(await decode(...piecesOf(PACKED, size)), TEXT);
      for (let at = 0; at <= 12; at++)
        assert.deepEqual(await decode(PACKED.subarray(0, at), PACKED.subarray(at)), TEXT);
    });

    it('unpacks streams one after the other, empty ones among them', async () => {
      const more = Buffer.from('more\n');
      const packed = Buffer.concat([EMPTY, PACKED, EMPTY, compressBzip2(more, 9), EMPTY]);
      assert.deepEqual(await decode(packed), Buffer.concat([TEXT, more]));
      assert.deepEqual(await decode(...piecesOf(packed, 1)), Buffer.concat([TEXT, more]));
    });

    it('unpacks many blocks, of noise and of one byte', async () => {
      for (const plain of [randomBytes(250_000), Buffer.alloc(250_000, 'a')])
        assert.deepEqual(await decode(...piecesOf(compressBzip2(plain, 1), 16_384)), plain);
    });

    it('gives nothing from the stream of an empty file', async () => {
      assert.equal((await decode(EMPTY)).length, 0);
      assert.equal((await decode(EMPTY, EMPTY)).length, 0);
    });

    it('refuses an empty body', async () => {
      assert.equal(await outcome(Buffer.alloc(0)), 'emptyBody');
    });

    const others: readonly (readonly [what: string, body: Buffer])[] = [
      ['a web page', Buffer.from('<!doctype html><title>Log in</title>')],
      ['a web page after blanks', Buffer.from(' \n <html>')],
      ['gzip', gzipSync(TEXT)],
      ['JSON lines', TEXT],
      ['XML of the storage', Buffer.from('<?xml version="1.0"?><Error/>')],
      ['zip', Buffer.from('PK\u0003\u0004....')],
      ['bzip 1', Buffer.from('BZ0h....')],
      ['a block size of 0', Buffer.from('BZh0....')],
      ['a capital H', Buffer.from('BZH9....')],
      ['zeros', Buffer.alloc(100)],
      ['a stream without its header', PACKED.subarray(4)],
      ['a stream without half of its header', PACKED.subarray(2)],
      ...[1, 2, 3].map(
        (length) => [`${String(length)} bytes of a stream`, PACKED.subarray(0, length)] as const,
      ),
      ...[1, 2, 3, 4, 5, 10].map(
        (length) => [`${String(length)} bytes of text`, Buffer.alloc(length, 'x')] as const,
      ),
    ];
    for (const [what, body] of others) {
      it(`says notBzip2 of ${what}`, async () => {
        assert.equal(await outcome(body), 'notBzip2');
        await assert.rejects(decode(...piecesOf(body, 1)), (error) => hasCode(error, 'notBzip2'));
      });
    }

    it('tells a web page from other things', async () => {
      await assert.rejects(decode(Buffer.from('<html>')), /a web page \(a login page/u);
      await assert.rejects(decode(Buffer.from('{"a":1}')), /something else/u);
    });

    it('says corrupt of a stream cut at any byte', async () => {
      for (let end = 4; end < PACKED.length; end++)
        assert.equal(await outcome(PACKED.subarray(0, end)), 'corrupt', `cut at ${String(end)}`);
      for (let end = 4; end < EMPTY.length; end++)
        assert.equal(await outcome(EMPTY.subarray(0, end)), 'corrupt', `empty, cut at ${String(end)}`);
    });

    it('says corrupt of a second stream cut at any byte', async () => {
      for (let end = 1; end < EMPTY.length; end++) {
        const packed = Buffer.concat([PACKED, EMPTY.subarray(0, end)]);
        assert.equal(await outcome(packed), 'corrupt', `cut at ${String(end)}`);
      }
    });
  });

describe('isBzip2', () => {
  it('looks at the first four bytes', () => {
    for (const level of '123456789') assert.ok(isBzip2(Buffer.from(`BZh${level}`)));
    for (const head of ['', 'BZh', 'BZh0', 'BZH1', ' BZh9']) assert.ok(!isBzip2(Buffer.from(head)));
  });
});
