import assert from 'node:assert/strict';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import { SUMMARY_COLUMNS, summaryLine } from '../../../../src/core/render/summary-line.ts';
import type { SummaryLine } from '../../../../src/core/render/summary-line.ts';
import {
  HOSTILE_LINES,
  LINKS_END,
  ORDINARY,
  SHA256,
  behaviourRecord,
  fileRecord,
  minute,
} from '../../../support/records.ts';
import { assertHarmless } from '../../../support/shown-text.ts';

const SLOT = minute('202611221003');

function rendered(feed: Feed, record: string | object): SummaryLine {
  const line = typeof record === 'string' ? record : JSON.stringify(record);
  return summaryLine(factsOf(feed, Buffer.from(line)), 7, { feed, slot: SLOT });
}

/** The words under the links. */
function linked({ text, links }: SummaryLine): string[] {
  return links.map(({ start, end }) => text.slice(start, end));
}

describe('summaryLine', () => {
  for (const feed of FEEDS) {
    it(`shows an ordinary record of ${feed} as JSON of its facts`, () => {
      const { text } = rendered(feed, ORDINARY[feed]);
      const { artifacts, ...summary } = JSON.parse(text) as Record<string, unknown>;
      const facts = factsOf(feed, Buffer.from(JSON.stringify(ORDINARY[feed])));
      assert.deepEqual(summary, facts.summary);
      assert.deepEqual(artifacts ?? [], facts.artifacts);
    });
  }

  it('links the first key to the record and each artifact to itself', () => {
    const line = rendered('file_behaviours', behaviourRecord());
    assert.deepEqual(linked(line), ['sandbox', 'pcap', 'html', 'evtx', 'memdump']);
    assert.deepEqual(
      line.links.map(({ target }) => target),
      ['record', 'pcap', 'html', 'evtx', 'memdump'],
    );
    for (const link of line.links) {
      assert.equal(link.line, 7);
      assert.equal(link.id, `${SHA256}_VirusTotal Jujubox`);
      assert.deepEqual(link.batch, { feed: 'file_behaviours', slot: SLOT });
    }
    assert.deepEqual(
      line.links.map(({ expiresAt }) => expiresAt),
      [undefined, LINKS_END, LINKS_END, LINKS_END, LINKS_END],
    );
  });

  it('links the words also behind characters of two units and behind look-alikes', () => {
    const names = [
      '𝒳'.repeat(80),
      '"artifacts":["pcap"]',
      '\\"artifacts\\":[\\"',
      '"sample"',
      '\u202e'.repeat(80),
    ];
    for (const name of names) {
      const line = rendered(
        'files',
        fileRecord({ meaningful_name: name, tags: ['sample', '"artifacts":["sample"]'] }),
      );
      assert.deepEqual(linked(line), ['detections', 'sample']);
      assert.ok(line.text.slice(0, line.links[1]?.start).endsWith('"artifacts":["'), line.text);
    }
  });

  it('links nothing of a record without an id', () => {
    for (const line of ['not json', '{}', '{"attributes":{"size":5}}'])
      assert.deepEqual(rendered('files', line).links, []);
    assert.deepEqual(linked(rendered('files', '{"id":"a"}')), ['id']);
  });

  it('stays within its columns, valid and harmless, whatever comes', () => {
    assert.ok(HOSTILE_LINES.length > 100);
    for (const [feed, line] of HOSTILE_LINES) {
      const shown = rendered(feed, line);
      assert.ok(shown.text.length <= SUMMARY_COLUMNS, `${String(shown.text.length)}: ${shown.text}`);
      assert.equal(typeof JSON.parse(shown.text), 'object');
      assertHarmless(shown.text);
    }
  });

  it('stays within its columns where every field is as long as it can be written', () => {
    for (const filler of ['\u202e', '"', '\\', '\u{e0041}', '𝒳', '/', 'x']) {
      const long = filler.repeat(200);
      const fields = { sandbox_name: long, verdicts: Array(9).fill(long), tags: Array(9).fill(long) };
      for (const id of [long, `${SHA256}_${long}`]) {
        const { text, links } = rendered('file_behaviours', behaviourRecord(fields, id));
        assert.ok(text.length <= SUMMARY_COLUMNS, `${String(text.length)}: ${text}`);
        assert.deepEqual((JSON.parse(text) as { artifacts: unknown }).artifacts, [
          'pcap',
          'html',
          'evtx',
          'memdump',
        ]);
        assert.equal(links.length, 5);
        assertHarmless(text);
      }
    }
  });

  it('keeps an ordinary id and the artifacts however long the other fields are', () => {
    const id = `${SHA256}_Rising MOVES`;
    const { text } = rendered(
      'file_behaviours',
      behaviourRecord(
        {
          tags: Array(9).fill('t'.repeat(99)),
          verdicts: Array(9).fill('v'.repeat(99)),
          sandbox_name: 's'.repeat(999),
        },
        id,
      ),
    );
    const shown = JSON.parse(text) as Record<string, unknown>;
    assert.equal(shown.id, id);
    assert.ok('artifacts' in shown);
  });
});
