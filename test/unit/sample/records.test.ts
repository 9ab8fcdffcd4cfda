import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sanitizeForUi } from '../../../src/core/common/sanitize.ts';
import { ARTIFACT_KINDS } from '../../../src/core/feed/artifact.ts';
import { FEEDS } from '../../../src/core/feed/feed.ts';
import type { Feed } from '../../../src/core/feed/feed.ts';
import { jsonAt, listAt, numberAt, textAt } from '../../../src/core/feed/json.ts';
import type { Json } from '../../../src/core/feed/json.ts';
import { artifactLinkOf, factsOf } from '../../../src/core/feed/record-facts.ts';
import { minuteAt, startOf } from '../../../src/core/feed/slot.ts';
import type { Minute } from '../../../src/core/feed/slot.ts';
import { batchText } from '../../../src/sample/batches/batch-text.ts';
import { fileContent } from '../../../src/sample/files/file-content.ts';

const START = Date.UTC(2026, 10, 22, 10);
const MINUTES = Array.from({ length: 20 }, (_, at) => minuteAt(START + at * 60_000));
const MINUTE = minuteAt(START);
const TYPES = {
  files: 'file',
  urls: 'url',
  domains: 'domain',
  ip_addresses: 'ip_address',
  file_behaviours: 'file_behaviour',
};
/** What a record's median length is in the real feeds, in thousands of bytes, and half of it more or less. */
const KILOBYTES = {
  files: [14, 30],
  urls: [9, 18],
  domains: [13, 26],
  ip_addresses: [15, 32],
  file_behaviours: [4, 12],
};

describe('synthetic records', () => {
  for (const feed of FEEDS) {
    it(`${feed}: are the same from the same seed, and others from another`, () => {
      assert.ok(text(feed, MINUTE).equals(text(feed, MINUTE)));
      assert.ok(!text(feed, MINUTE).equals(text(feed, MINUTE, 2)));
      assert.ok(!text(feed, MINUTE).equals(text(feed, minuteAt(START + 60_000))));
    });

    it(`${feed}: are as long as real ones, of their own type, with an id of their own in a minute`, () => {
      const batches = MINUTES.map((minute) => lines(feed, minute));
      const lengths = batches
        .flatMap((batch) => batch.map((line) => Buffer.byteLength(line)))
        .sort((a, b) => a - b);
      const median = (lengths[lengths.length >> 1] ?? 0) / 1000;
      const [least = 0, most = 0] = KILOBYTES[feed];
      assert.ok(median >= least && median <= most, `median ${String(median)} KB`);
      for (const batch of batches) {
        const parsed = batch.map(parse);
        assert.deepEqual(new Set(parsed.map((record) => textAt(record, 'type'))), new Set([TYPES[feed]]));
        assert.equal(new Set(parsed.map((record) => textAt(record, 'id'))).size, batch.length);
      }
    });

    it(`${feed}: belong to their minute and keep their dates in order`, () => {
      for (const record of lines(feed, MINUTE).map(parse)) {
        const changed = numberAt(record, 'attributes', 'last_modification_date') ?? 0;
        assert.equal(minuteAt(changed * 1000), MINUTE);
        const dates = [
          'first_submission_date',
          'last_submission_date',
          'last_analysis_date',
          'last_modification_date',
        ];
        const known = dates.flatMap((name) => numberAt(record, 'attributes', name) ?? []);
        assert.deepEqual(
          known,
          known.toSorted((a, b) => a - b),
        );
      }
    });

    it(`${feed}: name no host and no address that someone could own`, () => {
      const all = MINUTES.flatMap((minute) => lines(feed, minute)).join('\n');
      const hosts = [...all.matchAll(/https?:\/\/([^\s/"'\\:]+)/gu)].map(([, host = '']) => host);
      assert.ok(hosts.length > 0);
      for (const host of hosts) {
        assert.match(
          host,
          /(?:^|\.)(?:example|test|invalid|example\.(?:com|net|org))$|^www\.virustotal\.com$|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\./u,
        );
      }
      const addresses = [...all.matchAll(/"(\d{1,3}(?:\.\d{1,3}){3})"/gu)].map(([, address = '']) => address);
      for (const address of addresses.filter((address) => !isVersion(address))) {
        assert.match(address, /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/u);
      }
    });
  }

  it('top-level keys stand in the order of real records', () => {
    const order = ['attributes', 'context_attributes', 'id', 'links', 'relationships', 'type'];
    for (const feed of FEEDS) {
      for (const record of lines(feed, MINUTE).map(parse)) {
        const keys = Object.keys(record as object);
        assert.deepEqual(
          keys,
          order.filter((key) => keys.includes(key)),
        );
      }
    }
  });

  it('statistics count the engines, from none to most of them', () => {
    const ratios = MINUTES.flatMap((minute) => lines('files', minute).map(parse)).map((record) => {
      const results = Object.values(jsonAt(record, 'attributes', 'last_analysis_results') as object);
      const malicious = results.filter((entry: Json) => textAt(entry, 'category') === 'malicious').length;
      assert.equal(numberAt(record, 'attributes', 'last_analysis_stats', 'malicious'), malicious);
      return malicious / results.length;
    });
    assert.equal(Math.min(...ratios), 0);
    assert.ok(Math.max(...ratios) > 0.7);
  });

  it('relationships are cut at twenty, and say where the rest is', () => {
    const records = lines('domains', MINUTE).map(parse);
    const siblings = records.map((record) => jsonAt(record, 'relationships', 'siblings'));
    for (const relation of siblings) {
      const count = listAt(relation, 'data').length;
      assert.ok(count <= 20);
      assert.equal(textAt(relation, 'links', 'next') !== undefined, jsonAt(relation, 'meta') !== undefined);
    }
    assert.ok(siblings.some((relation) => textAt(relation, 'meta', 'cursor')?.length === 36));
  });

  it('now and then hold a text that was made to fool what shows it', () => {
    const all = MINUTES.flatMap((minute) => lines('files', minute)).map(parse);
    const names = all.map((record) => textAt(record, 'attributes', 'meaningful_name') ?? '');
    const hostile = names.filter(
      (name) => sanitizeForUi(name, 250) !== name || /onerror|\.\.\/|^[=]|^CON/u.test(name),
    );
    assert.ok(
      hostile.length >= 1 && hostile.length <= all.length / 20,
      `${String(hostile.length)} of ${String(all.length)}`,
    );
    assert.ok(names.some((name) => /[^ -~]/u.test(name)));
  });

  it("a file's hashes and size are those of the content that is served for it, one in each minute EICAR's", () => {
    const records = lines('files', MINUTE).map(parse);
    records.forEach((record, index) => {
      const content = fileContent(1, MINUTE, index);
      for (const name of ['md5', 'sha1', 'sha256']) {
        assert.equal(textAt(record, 'attributes', name), createHash(name).update(content).digest('hex'));
      }
      assert.equal(numberAt(record, 'attributes', 'size'), content.length);
    });
    const eicar = records.filter((record) => numberAt(record, 'attributes', 'size') === 68);
    assert.deepEqual(
      eicar.map((record) => textAt(record, 'attributes', 'md5')),
      ['44d88612fea8a8f36de82e1278abb02f'],
    );
  });

  it('offer the artifacts that their has_ attributes promise, all kinds within the first minute', () => {
    const has = { pcap: 'has_pcap', html: 'has_html_report', evtx: 'has_evtx', memdump: 'has_memdump' };
    const records = lines('file_behaviours', MINUTE);
    for (const line of records) {
      const record = parse(line);
      for (const [kind, attribute] of Object.entries(has)) {
        const link = artifactLinkOf(record, kind as keyof typeof has);
        assert.equal(link !== undefined, jsonAt(record, 'attributes', attribute));
        if (link !== undefined) assert.equal(link.expiresAt, dateOf(record) + 7 * 24 * 3600_000);
      }
    }
    const sets = records.map((line) => factsOf('file_behaviours', Buffer.from(line)).artifacts.length);
    assert.deepEqual(new Set(sets), new Set([0, 2, 4]));
    assert.equal(sets[0], 4);
    for (const line of lines('files', MINUTE))
      assert.deepEqual(factsOf('files', Buffer.from(line)).artifacts, [ARTIFACT_KINDS[4]]);
  });

  it("a behaviour's file is one of the files feed of that minute", () => {
    const files = new Set(lines('files', MINUTE).map((line) => textAt(parse(line), 'id')));
    for (const record of lines('file_behaviours', MINUTE).map(parse)) {
      const id = textAt(record, 'id') ?? '';
      assert.ok(files.has(id.slice(0, id.indexOf('_'))));
      assert.equal(id.slice(id.indexOf('_') + 1), textAt(record, 'attributes', 'sandbox_name'));
    }
  });

  it('number a fifth more or less than usual, or exactly as many as asked for', () => {
    for (const minute of MINUTES) {
      const count = lines('files', minute).length;
      assert.ok(count >= 24 && count <= 36);
    }
    assert.equal(
      batchText({ seed: 1, recordsPerMinute: 3 }, 'urls', MINUTE).toString().trimEnd().split('\n').length,
      3,
    );
    assert.equal(batchText({ seed: 1, recordsPerMinute: 0 }, 'urls', MINUTE).length, 0);
  });
});

function text(feed: Feed, minute: Minute, seed = 1): Buffer {
  return batchText({ seed, recordsPerMinute: undefined }, feed, minute);
}

const made = new Map<string, readonly string[]>();

function lines(feed: Feed, minute: Minute): readonly string[] {
  const known = made.get(feed + minute) ?? text(feed, minute).toString().trimEnd().split('\n');
  made.set(feed + minute, known);
  return known;
}

function parse(line: string): Json {
  return JSON.parse(line) as Json;
}

function dateOf(record: Json): number {
  const seconds = numberAt(record, 'attributes', 'last_modification_date') ?? 0;
  assert.ok(seconds * 1000 >= startOf(MINUTE));
  return seconds * 1000;
}

/** Versions of engines and programs are written like addresses. */
function isVersion(text: string): boolean {
  return Number(text.split('.')[0]) <= 25;
}
