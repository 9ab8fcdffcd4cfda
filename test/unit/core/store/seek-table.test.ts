import assert from 'node:assert/strict';
import { zstdCompressSync } from 'node:zlib';
import { zstdEndMark } from '../../../../src/core/store/end-mark.ts';
import { CODECS } from '../../../../src/core/store/frame-codec.ts';
import {
  SEEK_FOOTER_BYTES,
  decodeSeekTable,
  encodeSeekTable,
  sealOf,
  seekTableSize,
} from '../../../../src/core/store/seek-table.ts';

const FRAMES = [
  { at: 0, size: 7, plainSize: 0x01020304, checksum: 0xfffffffe },
  { at: 7, size: 0x80000000, plainSize: 1, checksum: 5 },
];

describe('the seek table', () => {
  it('is laid out as the seekable format wants it, in a skippable frame', () => {
    assert.equal(
      zstdEndMark.wrap(encodeSeekTable(FRAMES)).toString('hex'),
      ['5e2a4d18', '21000000', '07000000', '04030201', 'feffffff', '00000080', '01000000', '05000000']
        .concat(['02000000', '80', 'b1ea928f'])
        .join(''),
    );
  });

  it('is read as it was written, out of the end of any kind of file', () => {
    for (const { endMark, name } of CODECS) {
      for (const frames of [FRAMES, []]) {
        const table = encodeSeekTable(frames);
        const file = Buffer.concat([Buffer.from('frames'), endMark.wrap(table)]);
        const size = seekTableSize(endMark.unwrap(file, SEEK_FOOTER_BYTES));
        assert.equal(size, table.length, name);
        assert.equal(endMark.sizeFor(table.length), file.length - 'frames'.length);
        assert.deepEqual(decodeSeekTable(endMark.unwrap(file, table.length)), frames);
      }
    }
  });

  it('is not seen where there is none', () => {
    const ends = ['', 'x', 'text', 'x'.repeat(100), '0'.repeat(100)].map((text) => Buffer.from(text));
    for (const end of [...ends, Buffer.alloc(100), zstdCompressSync(Buffer.from('text'))])
      for (const { endMark } of CODECS)
        assert.equal(seekTableSize(endMark.unwrap(end, SEEK_FOOTER_BYTES)), undefined);
  });

  it('has another seal for another content', () => {
    const other = FRAMES.map((frame) => ({ ...frame, checksum: frame.checksum - 1 }));
    assert.notEqual(sealOf(encodeSeekTable(FRAMES)), sealOf(encodeSeekTable(other)));
  });
});
