import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { zstdFrames } from '../../../../src/core/store/zstd-frames.ts';

function pack(plain: Buffer, params: Readonly<Record<number, number>> = {}, known = true): Buffer {
  return zlib.zstdCompressSync(plain, {
    params: { ...params },
    ...(known ? { pledgedSrcSize: plain.length } : {}),
  });
}

describe('zstdFrames', () => {
  const sizes = [0, 1, 255, 256, 65_791, 65_792, 300_000];
  const {
    ZSTD_c_checksumFlag: checksum,
    ZSTD_c_contentSizeFlag: size,
    ZSTD_c_windowLog: window,
  } = zlib.constants;

  it('finds frames of every header form, one after the other', () => {
    const frames = sizes.flatMap((length) =>
      [Buffer.alloc(length, 'a'), Buffer.from(Array.from({ length }, (_, at) => (at * 7919) % 251))].flatMap(
        (plain) => [
          pack(plain),
          pack(plain, { [checksum]: 1 }),
          pack(plain, { [size]: 0 }),
          pack(plain, { [window]: 10, [checksum]: 1 }),
          pack(plain, {}, false),
        ],
      ),
    );
    assert.equal(frames.length, 70);
    assert.deepEqual(zstdFrames(Buffer.concat(frames)), frames);
  });

  it('finds none in an empty file', () => {
    assert.deepEqual(zstdFrames(Buffer.alloc(0)), []);
  });

  it('says corrupt of a file cut at any byte, and of what is no frame', () => {
    const file = Buffer.concat([pack(Buffer.from('first')), pack(Buffer.from('second'), { [checksum]: 1 })]);
    const edge = pack(Buffer.from('first')).length;
    for (let end = 1; end < file.length; end++) {
      if (end === edge) continue;
      assert.throws(
        () => zstdFrames(file.subarray(0, end)),
        (error) => hasCode(error, 'corrupt'),
        String(end),
      );
    }
    for (const other of ['x', 'text that is no frame', '\u0000'.repeat(50)])
      assert.throws(
        () => zstdFrames(Buffer.from(other)),
        (error) => hasCode(error, 'corrupt'),
      );
  });
});
