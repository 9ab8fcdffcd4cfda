import assert from 'node:assert/strict';
import type { UnpackedBlock } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import type { Segment } from '../../../../../src/core/batch/bzip2/packed-segments.ts';
import { StreamChecks } from '../../../../../src/core/batch/bzip2/stream-checks.ts';
import { hasCode } from '../../../../../src/core/common/errors.ts';
import { BitWriter } from '../../../../../src/sample/bzip2/bit-writer.ts';

const isCorrupt = (error: unknown): boolean => hasCode(error, 'corrupt');

function head(text: string, end = text.length * 8): Segment {
  return { kind: 'head', bit: 0, end, bytes: Buffer.from(text) };
}

/** A block of 100 bits that begins at bit 32, unpacked. */
const SEGMENT: Segment = { kind: 'block', bit: 32, end: 132, bytes: Buffer.alloc(13) };
const BLOCK: UnpackedBlock = {
  verdict: 'fine',
  endBit: 100,
  symbols: 100_000,
  crc: 0x80000001,
  size: 1,
  text: new Uint8Array(1),
  hasPackedRuns: false,
};

/** A stream's end at bit 132, with its check and what follows. */
function end(crc: number, behind: string | Buffer = '', spare = 0): Segment {
  const out = new BitWriter();
  out.write(4, 0);
  out.write(24, 0x177245);
  out.write(24, 0x385090);
  out.writeUint32(crc);
  const bytes = Buffer.concat([out.finish(), Buffer.from(behind)]);
  return { kind: 'end', bit: 132, end: 128 + bytes.length * 8 - spare, bytes };
}

describe('StreamChecks', () => {
  let checks: StreamChecks;
  beforeEach(() => {
    checks = new StreamChecks();
  });

  it('takes a header that ends where the first mark begins', () => {
    checks.open(head('BZh1'));
    assert.equal(checks.expected, 32);
  });

  const heads: readonly (readonly [text: string, code: 'emptyBody' | 'notBzip2' | 'corrupt'])[] = [
    ['', 'emptyBody'],
    ['BZh', 'notBzip2'],
    ['BZh0', 'notBzip2'],
    ['<html>', 'notBzip2'],
    ['BZh1x', 'corrupt'],
  ];
  for (const [text, code] of heads) {
    it(`says ${code} of ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => {
          checks.open(head(text));
        },
        (error) => hasCode(error, code),
      );
    });
  }

  it('takes a block that ends where the next mark begins', () => {
    checks.open(head('BZh1'));
    checks.addBlock(SEGMENT, BLOCK);
    assert.equal(checks.expected, 132);
  });

  it('refuses a block that ends before the next mark, or has more symbols than its stream allows', () => {
    for (const wrong of [{ endBit: 99 }, { symbols: 100_001 }]) {
      checks.open(head('BZh1'));
      assert.throws(() => {
        checks.addBlock(SEGMENT, { ...BLOCK, ...wrong });
      }, isCorrupt);
    }
    checks.open(head('BZh2'));
    checks.addBlock(SEGMENT, { ...BLOCK, symbols: 200_000 });
  });

  it('holds the checks of the blocks against that of the stream, in their order', () => {
    checks.open(head('BZh1'));
    checks.addBlock(SEGMENT, BLOCK);
    checks.addBlock(SEGMENT, { ...BLOCK, crc: 5 });
    // 0x80000001 turned left by one is 3.
    assert.equal(checks.endStream(end(3 ^ 5)), 'nothing');
    checks.open(head('BZh1'));
    checks.addBlock(SEGMENT, { ...BLOCK, crc: 5 });
    checks.addBlock(SEGMENT, BLOCK);
    assert.throws(() => checks.endStream(end(3 ^ 5)), isCorrupt);
  });

  const tails: readonly (readonly [behind: string, spare: number, follows: string])[] = [
    ['', 0, 'nothing'],
    ['BZh9', 0, 'stream'],
    ['BZh9', 8, 'corrupt'],
    ['BZh9x', 0, 'corrupt'],
    ['BZh0', 0, 'otherBytes'],
    ['x', 0, 'otherBytes'],
    ['BZx', 0, 'otherBytes'],
    ['B', 0, 'corrupt'],
    ['BZh', 0, 'corrupt'],
  ];
  for (const [behind, spare, follows] of tails) {
    it(`finds ${follows} where ${JSON.stringify(behind)} and ${String(spare)} bits less follow a stream`, () => {
      checks.open(head('BZh1'));
      if (follows === 'corrupt') assert.throws(() => checks.endStream(end(0, behind, spare)), isCorrupt);
      else assert.equal(checks.endStream(end(0, behind, spare)), follows);
    });
  }

  it('begins the check of the next stream anew, and takes its own level', () => {
    checks.open(head('BZh2'));
    checks.addBlock(SEGMENT, BLOCK);
    const next = end(BLOCK.crc, 'BZh1');
    assert.equal(checks.endStream(next), 'stream');
    assert.equal(checks.expected, next.end);
    assert.throws(() => {
      checks.addBlock(SEGMENT, { ...BLOCK, symbols: 100_001 });
    }, isCorrupt);
    assert.equal(checks.endStream(end(0)), 'nothing');
  });

  it('refuses an end without all of its check', () => {
    checks.open(head('BZh1'));
    const { bytes, ...whole } = end(0);
    for (let length = 6; length < bytes.length; length++)
      assert.throws(() => checks.endStream({ ...whole, bytes: bytes.subarray(0, length) }), isCorrupt);
  });
});
