import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import { factsOf, isRecord } from '../../../../src/core/feed/record-facts.ts';
import { Random } from '../../../../src/sample/records/random.ts';
import { factsByParsing } from '../../../support/facts-by-parsing.ts';
import { damaged } from '../../../support/json-texts.ts';
import { HOSTILE_LINES, ORDINARY, SHA256, behaviourRecord, fileRecord } from '../../../support/records.ts';

/** Real objects of VirusTotal's API; they are no part of the repository. */
const REAL = new URL('../../../../../shared/data/real/', import.meta.url);
const DAMAGES = 12;

const recordLine = (record: object): Buffer => Buffer.from(JSON.stringify(record));

function assertSame(feed: Feed, line: Buffer): boolean {
  const facts = factsOf(feed, line);
  assert.deepEqual(facts, factsByParsing(feed, line), line.toString('utf8').slice(0, 500));
  return isRecord(facts);
}

/** Cuts the line, flips its bits and changes its bytes, here and there; tells how often it was still a record. */
function assertSameDamaged(feed: Feed, line: Buffer): number {
  const random = new Random('facts', feed, line.length);
  let records = 0;
  for (let round = 0; round < DAMAGES; round++) if (assertSame(feed, damaged(line, random))) records++;
  return records;
}

describe('facts lifted from bytes are those of the parsed record', () => {
  for (const feed of FEEDS) {
    it(`for an ordinary record of ${feed}, cut at every byte`, () => {
      const line = recordLine(ORDINARY[feed]);
      assert.ok(assertSame(feed, line));
      for (let end = 0; end < line.length; end++) assert.ok(!assertSame(feed, line.subarray(0, end)));
    });

    it(`for what is said of one feed in the records of another: ${feed}`, () => {
      for (const other of FEEDS) assert.ok(assertSame(feed, recordLine(ORDINARY[other])));
    });
  }

  it('for lists longer than anyone looks at', () => {
    const late = (before: unknown, last: unknown): unknown[] => [...Array<unknown>(60).fill(before), last];
    const tags = late(1, 'late');
    const names = late(SHA256, 'late.exe');
    assert.ok(assertSame('files', recordLine(fileRecord({ meaningful_name: SHA256, names, tags }))));
    const entries = late({ type: 'MX', value: 'mx.example' }, { type: 'A', value: '192.0.2.1' });
    assert.ok(assertSame('domains', recordLine({ attributes: { last_dns_records: entries, tags } })));
    assert.ok(assertSame('file_behaviours', recordLine(behaviourRecord({ processes_created: tags }))));
  });

  it('for hostile records, whole and damaged', () => {
    for (const [feed, line] of HOSTILE_LINES) {
      assertSame(feed, Buffer.from(line));
      assertSameDamaged(feed, Buffer.from(line));
    }
  });

  if (!existsSync(REAL)) {
    it('for real records: absent, the folder with them is not beside this repository', () => {
      console.log('      real records: absent, nothing was checked against them');
    });
    return;
  }

  for (const feed of FEEDS) {
    it(`for real records of ${feed}, whole and damaged`, () => {
      const lines = readFileSync(new URL(`${feed}.jsonl`, REAL), 'latin1')
        .trimEnd()
        .split('\n');
      let [records, still] = [0, 0];
      for (const line of lines.map((text) => Buffer.from(text, 'latin1'))) {
        if (assertSame(feed, line)) records++;
        still += assertSameDamaged(feed, line);
      }
      assert.equal(records, lines.length);
      assert.ok(still > 0 && still < lines.length * DAMAGES);
    });
  }
});
