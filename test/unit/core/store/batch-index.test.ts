import assert from 'node:assert/strict';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import {
  INDEX_HEAD_BYTES,
  parseIndex,
  parseIndexHead,
  serializeIndex,
} from '../../../../src/core/store/batch-index.ts';
import type { BatchIndex } from '../../../../src/core/store/batch-index.ts';
import { HOSTILE_LINES } from '../../../support/records.ts';

function indexOf(lines: readonly (readonly [Parameters<typeof factsOf>[0], string])[]): BatchIndex {
  return {
    version: 1,
    count: lines.length,
    codec: 'zstd',
    fileSize: 100,
    plainSize: 500,
    frames: [{ at: 0, size: 100, plainAt: 0, plainSize: 500 }],
    records: lines.map(([feed, line], at) => ({ at, size: 1, facts: factsOf(feed, line) })),
  };
}

describe('the index of a batch', () => {
  it('is read as it was written, also with the facts of hostile records', () => {
    const text = serializeIndex(indexOf(HOSTILE_LINES));
    const read = parseIndex(text, 100);
    assert.equal(read?.records.length, HOSTILE_LINES.length);
    assert.equal(serializeIndex(read), text);
  });

  it('tells its count at the very start, however large', () => {
    const text = serializeIndex({ ...indexOf([]), count: Number.MAX_SAFE_INTEGER });
    assert.equal(parseIndexHead(text.slice(0, INDEX_HEAD_BYTES)), Number.MAX_SAFE_INTEGER);
  });

  it('tells no count of another version or of anything else', () => {
    for (const head of [
      '',
      '{',
      '{"version":2,"count":5,',
      '{"count":5,"version":1,',
      ' {"version":1,"count":5,',
      '{"version":1,"count":-5,',
    ])
      assert.equal(parseIndexHead(head), undefined, head);
  });

  it('is of a file of one size', () => {
    const text = serializeIndex(indexOf([]));
    assert.ok(parseIndex(text, 100) !== undefined);
    assert.equal(parseIndex(text, 101), undefined);
  });
});
