import assert from 'node:assert/strict';
import { ARTIFACT_KINDS } from '../../../../src/core/feed/artifact.ts';
import { DocumentLines, packLines } from '../../../../src/core/reading/document-lines.ts';
import type { DocumentAddress } from '../../../../src/core/render/document-address.ts';
import type { DocumentLink } from '../../../../src/core/render/document-links.ts';
import { LINKS_END, hour, minute } from '../../../support/records.ts';

const SLOTS = [minute('202611221000'), minute('202611221000'), minute('202611221059')] as const;
const RECORDS = [
  { slot: SLOTS[0], id: 'a' },
  { slot: SLOTS[1], id: '' },
  { slot: SLOTS[2], id: 'c\n"\u2028🙂' },
];
const HOUR: DocumentAddress = {
  source: 'sample',
  batch: { feed: 'file_behaviours', slot: hour('2026112210') },
  view: 'summary',
  page: 1,
};

/** A link in a line of {@link RECORDS}. */
function link(line: number, target: DocumentLink['target'], expiresAt?: number): DocumentLink {
  const { slot, id } = RECORDS[line] ?? RECORDS[0] ?? assert.fail();
  const place = {
    line,
    start: 2,
    end: 2_000_000 + line,
    target,
    batch: { feed: 'file_behaviours', slot },
    id,
  } as const;
  return expiresAt === undefined ? place : { ...place, expiresAt };
}

/** As a window gets them from its worker. */
function across(links: readonly DocumentLink[], records = RECORDS, address = HOUR): DocumentLines {
  return new DocumentLines(structuredClone(packLines({ links, records }, address)));
}

describe('DocumentLines', () => {
  it('gives every link of every kind as it was, with the record of its line', () => {
    const links = [
      link(0, 'record'),
      ...ARTIFACT_KINDS.map((kind) => link(2, kind, LINKS_END)),
      link(1, 'sample'),
      link(2, 'pcap', 0),
    ];
    const lines = across(links);
    assert.equal(lines.linkCount, links.length);
    for (const [index, expected] of links.entries()) {
      const place = lines.linkAt(index);
      assert.deepEqual({ ...place, ...lines.recordAt(place.line) }, expected);
    }
  });

  it('gives the record of each line, and none beyond the last', () => {
    const lines = across([]);
    assert.equal(lines.recordCount, 3);
    assert.deepEqual(
      RECORDS.map((_, line) => lines.recordAt(line)),
      RECORDS.map(({ slot, id }) => ({ batch: { feed: 'file_behaviours', slot }, id })),
    );
    assert.equal(lines.recordAt(3), undefined);
    assert.equal(lines.linkCount, 0);
  });

  it('gives the one record of a record document for every line', () => {
    const [first] = RECORDS;
    assert.ok(first !== undefined);
    const batch = { feed: 'files', slot: first.slot } as const;
    const lines = across([], [first], { source: 'sample', batch, view: 'record', id: 'a' });
    assert.deepEqual(lines.recordAt(0), { batch, id: 'a' });
    assert.deepEqual(lines.recordAt(77), { batch, id: 'a' });
  });

  it('has nothing where there is no record', () => {
    const lines = DocumentLines.none('urls');
    assert.deepEqual([lines.recordCount, lines.linkCount, lines.recordAt(0)], [0, 0, undefined]);
  });

  it('crosses a thread with one object for all links, not one for each', () => {
    const packed = packLines(
      { links: Array<DocumentLink>(1000).fill(link(0, 'pcap')), records: RECORDS },
      HOUR,
    );
    assert.ok(packed.links instanceof Float64Array && packed.minutes instanceof Uint32Array);
    assert.ok(packed.ids.every((id) => typeof id === 'string'));
  });
});
