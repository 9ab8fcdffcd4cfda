import assert from 'node:assert/strict';
import { MAX_BLOCK_BYTES } from '../../../../../src/core/batch/bzip2/block-crew.ts';
import { joined, packedBlock, packedSegments } from '../../../../../src/core/batch/bzip2/packed-segments.ts';
import type { Segment } from '../../../../../src/core/batch/bzip2/packed-segments.ts';
import { noise } from '../../../../support/bzip2/corpus.ts';
import { blockOf, streamOf } from '../../../../support/bzip2/made-stream.ts';
import { allOf, chunksOf, piecesOf } from '../../../../support/streams.ts';

const BLOCK = Buffer.from('314159265359', 'hex');
const BLOCKS = [1, 2, 30, 400].map((size) => blockOf(noise(size, 'segments')));
const PACKED = Buffer.concat([streamOf(9, BLOCKS), streamOf(1, BLOCKS)]);

function segmentsOf(...chunks: readonly Buffer[]): Promise<Segment[]> {
  return allOf(packedSegments(chunksOf(...chunks)));
}

/** The bits of a segment, as they lie in its own bytes, written out. */
function bitsOf({ bytes, bit, end }: Segment): string {
  const all = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return all.slice(bit % 8, (bit % 8) + end - bit);
}

/** How many bits these segments are, of which each has to begin where the one before ends. */
function joinedBits(segments: readonly Segment[]): number {
  let at = 0;
  for (const { bit, end } of segments) {
    assert.equal(bit, at);
    assert.ok(end >= bit);
    at = end;
  }
  return at;
}

describe('packedSegments', () => {
  it('cuts at the marks, without losing a bit', async () => {
    const segments = await segmentsOf(PACKED);
    const stream = [...BLOCKS.map(() => 'block'), 'end'];
    assert.deepEqual(
      segments.map(({ kind }) => kind),
      ['head', ...stream, ...stream],
    );
    const [, first] = segments;
    assert.ok(first !== undefined && first.end - first.bit === BLOCKS[0]?.bits);
    const whole = { kind: 'head', bit: 0, end: PACKED.length * 8, bytes: PACKED } as const;
    assert.equal(segments.map(bitsOf).join(''), bitsOf(whole));
  });

  it('gives the same wherever the chunks are cut', async () => {
    const segments = await segmentsOf(PACKED);
    for (let cut = 0; cut <= PACKED.length; cut += 3)
      assert.deepEqual(await segmentsOf(PACKED.subarray(0, cut), PACKED.subarray(cut)), segments);
    for (const size of [1, 2, 7, 100])
      assert.deepEqual(await segmentsOf(...piecesOf(PACKED, size)), segments);
  });

  it('gives all there is where there is no mark', async () => {
    const expected = { kind: 'head', bit: 0, end: 24, bytes: Buffer.from('abc') };
    assert.deepEqual(await segmentsOf(Buffer.from('abc')), [expected]);
    assert.deepEqual(await segmentsOf(), [{ ...expected, end: 0, bytes: Buffer.alloc(0) }]);
  });

  it('takes no mark for one that begins before a header can have ended', async () => {
    for (const text of ['', 'B', 'BZ', 'BZh']) {
      const bytes = Buffer.concat([Buffer.from(text), BLOCK]);
      assert.deepEqual(await segmentsOf(bytes), [{ kind: 'head', bit: 0, end: bytes.length * 8, bytes }]);
    }
  });

  it('hands out a head that is none without waiting for more', async () => {
    async function* page(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(100, '<html>');
      await new Promise<void>(() => undefined);
    }
    const head = { kind: 'head', bit: 0, end: 512, bytes: Buffer.alloc(64, '<html>') };
    assert.deepEqual(await packedSegments(page()).next(), { done: false, value: head });
  });

  it('hands out a segment when the next mark has come, not later', async () => {
    let isAsked = false;
    async function* packed(): AsyncGenerator<Buffer> {
      yield Buffer.concat([Buffer.from('BZh9'), BLOCK, BLOCK]);
      isAsked = true;
      await new Promise<void>(() => undefined);
    }
    const segments = packedSegments(packed());
    assert.equal(((await segments.next()).value as Segment).kind, 'head');
    assert.equal(((await segments.next()).value as Segment).kind, 'block');
    assert.ok(!isAsked);
  });

  it('cuts what is longer than any block, and keeps no more than that', async () => {
    const chunk = Buffer.alloc(1_000_000);
    const chunks = [Buffer.from('BZh9'), BLOCK, ...Array<Buffer>(9).fill(chunk), BLOCK, chunk];
    const segments = await segmentsOf(...chunks);
    assert.deepEqual(
      segments.map(({ kind }) => kind),
      ['head', 'block', 'rest', 'rest', 'rest', 'block'],
    );
    assert.ok(segments.every(({ bytes }) => bytes.length <= MAX_BLOCK_BYTES));
    assert.equal(joinedBits(segments), Buffer.concat(chunks).length * 8);
    assert.ok(Buffer.concat(segments.map(({ bytes }) => bytes)).equals(Buffer.concat(chunks)));
  });

  it('finds a mark that begins where a segment would be cut', async () => {
    for (let behind = -8; behind <= 8; behind++) {
      const filling = Buffer.alloc(MAX_BLOCK_BYTES + behind - BLOCK.length);
      const first = Buffer.concat([Buffer.from('BZh9'), BLOCK]);
      for (const chunks of [
        [first, filling, BLOCK],
        [Buffer.concat([first, filling, BLOCK.subarray(0, 3)]), BLOCK.subarray(3)],
      ]) {
        const segments = await segmentsOf(...chunks);
        const last = segments.at(-1);
        assert.deepEqual([last?.kind, last?.bit], ['block', 32 + (MAX_BLOCK_BYTES + behind) * 8]);
        assert.equal(segments[1]?.kind, 'block');
        assert.equal(joinedBits(segments), Buffer.concat(chunks).length * 8);
      }
    }
  });

  it('ends its source when it is ended', async () => {
    let isEnded = false;
    async function* packed(): AsyncGenerator<Buffer> {
      try {
        yield Buffer.from('BZh9');
        for (;;) yield await Promise.resolve(BLOCK);
      } finally {
        isEnded = true;
      }
    }
    for await (const { kind } of packedSegments(packed())) if (kind === 'block') break;
    assert.ok(isEnded);
  });
});

describe('a segment', () => {
  it('becomes a block that knows its bits', () => {
    const segment: Segment = { kind: 'block', bit: 35, end: 100, bytes: Buffer.alloc(9) };
    assert.deepEqual(packedBlock(segment), { bytes: segment.bytes, firstBit: 3, endBit: 68 });
  });

  it('is joined with the one behind it, at any bit', async () => {
    const [, one, two, three] = await segmentsOf(PACKED);
    assert.ok(one !== undefined && two !== undefined && three !== undefined);
    const whole = joined(joined(one, two), three);
    assert.equal(bitsOf(whole), bitsOf(one) + bitsOf(two) + bitsOf(three));
    assert.deepEqual([whole.kind, whole.bit, whole.end], ['block', one.bit, three.end]);
    const even: Segment = { kind: 'block', bit: 0, end: 8, bytes: Buffer.from('a') };
    assert.equal(String(joined(even, { ...even, bit: 8, end: 16, bytes: Buffer.from('b') }).bytes), 'ab');
  });
});
