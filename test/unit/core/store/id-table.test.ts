import assert from 'node:assert/strict';
import {
  encodeIdTable,
  hashOfId,
  idTableSize,
  recordsWithHash,
} from '../../../../src/core/store/id-table.ts';

describe('the table of ids', () => {
  it('has the records of every hash, in their order', () => {
    const hashes = Array.from({ length: 1000 }, (_, record) => Math.imul(record % 300, 0x9e3779b1) >>> 0);
    const table = encodeIdTable(hashes);
    assert.equal(table.length, idTableSize(1000));
    for (const hash of new Set([...hashes, 1, 0xffffffff])) {
      const expected = hashes.flatMap((each, record) => (each === hash ? [record] : []));
      assert.deepEqual([...recordsWithHash(table, hash)], expected, String(hash));
    }
  });

  it('finds nothing where there is nothing', () => {
    assert.deepEqual([...recordsWithHash(encodeIdTable([]), 0)], []);
  });

  it('takes any text for an id', () => {
    for (const id of ['', '\ud800', '👩‍👩‍👧‍👦', 'x'.repeat(1_000_000)])
      assert.deepEqual([...recordsWithHash(encodeIdTable([7, hashOfId(id)]), hashOfId(id))], [1]);
  });
});
