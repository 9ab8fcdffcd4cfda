import assert from 'node:assert/strict';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import { factsOf, isRecord } from '../../../../src/core/feed/record-facts.ts';
import {
  HOSTILE_LINES,
  LINKS_END,
  NOT_RECORDS,
  ORDINARY,
  SHA256,
  artifactUrl,
  behaviourRecord,
  fileRecord,
  tokenOf,
} from '../../../support/records.ts';

const lineOf = (record: object): Buffer => Buffer.from(JSON.stringify(record));

describe('factsOf an ordinary record', () => {
  const expected: Readonly<Record<Feed, object>> = {
    files: {
      detections: '42/70',
      type: 'peexe',
      name: 'invoice.exe',
      threat: 'trojan.emotet/zbot',
      tags: ['peexe', 'overlay'],
      size: 123_456,
      first_seen: '2026-11-22T10:03:00Z',
      country: 'DE',
      id: SHA256,
    },
    urls: {
      detections: '4/90',
      url: 'hxxps[:]//user[@]evil[.]example/login?x=1',
      threat: 'Phish/Login',
      tags: ['external-resources'],
      http: 200,
      title: 'Log in',
      last_seen: '2026-11-22T10:03:00Z',
      country: 'XX',
      id: '4b'.repeat(32),
    },
    domains: {
      detections: '1/91',
      domain: 'evil[.]example',
      tags: ['dga'],
      registrar: 'Example Registrar',
      created: '2023-11-14T22:13:20Z',
      addresses: ['192[.]0[.]2[.]1', '2001[:]db8[:][:]1'],
      changed: '2026-11-22T10:03:00Z',
    },
    ip_addresses: {
      detections: '4/93',
      ip: '192[.]0[.]2[.]7',
      owner: 'Example Net',
      asn: 64_500,
      country: 'GB',
      network: '192[.]0[.]2[.]0/24',
      changed: '2026-11-22T10:03:00Z',
    },
    file_behaviours: {
      sandbox: 'VirusTotal Jujubox',
      type: 'peexe',
      verdicts: ['MALWARE'],
      processes: 2,
      dns: 1,
      analysed: '2026-11-22T10:03:00Z',
      id: `${SHA256}_VirusTotal Jujubox`,
    },
  };
  for (const feed of FEEDS) {
    it(`tells the telling fields of ${feed}, most telling first and the id last`, () => {
      const { summary } = factsOf(feed, lineOf(ORDINARY[feed]));
      assert.deepEqual(summary, expected[feed]);
      assert.deepEqual(Object.keys(summary), Object.keys(expected[feed]));
    });
  }

  it('names the artifacts and when their links end', () => {
    assert.deepEqual(factsOf('files', lineOf(fileRecord())).artifacts, ['sample']);
    const facts = factsOf('file_behaviours', lineOf(behaviourRecord()));
    assert.deepEqual(facts.artifacts, ['pcap', 'html', 'evtx', 'memdump']);
    assert.equal(facts.linksExpireAt, LINKS_END);
    assert.equal(facts.id, `${SHA256}_VirusTotal Jujubox`);
  });

  it('goes by the first link to end', () => {
    const record = behaviourRecord();
    const early = artifactUrl('file_behaviours', tokenOf(SHA256, 1_700_000_000), 'evtx');
    const facts = factsOf(
      'file_behaviours',
      lineOf({ ...record, context_attributes: { ...(record.context_attributes as object), evtx: early } }),
    );
    assert.equal(facts.linksExpireAt, (1_700_000_000 + 7 * 86_400) * 1000);
  });
});

describe('factsOf links that do not fit', () => {
  const link = (feed: string, last: string): string => artifactUrl(feed, tokenOf(SHA256), last);
  const cases: readonly (readonly [what: string, feed: Feed, context: object])[] = [
    ['a behaviour link in a file', 'files', { pcap: link('file-behaviours', 'pcap') }],
    ['a sample link in a behaviour', 'file_behaviours', { download_url: link('files', 'download') }],
    ['links in a feed that has none', 'urls', { pcap: link('file-behaviours', 'pcap') }],
    ['a link under the key of another', 'file_behaviours', { pcap: link('file-behaviours', 'evtx') }],
    ['the kind as the key', 'file_behaviours', { html: link('file-behaviours', 'html') }],
    ['a link that is none', 'file_behaviours', { pcap: 'https://evil.example/pcap' }],
  ];
  for (const [what, feed, context] of cases) {
    it(`offers nothing for ${what}`, () => {
      const facts = factsOf(feed, lineOf({ id: 'x', context_attributes: context }));
      assert.deepEqual(facts, { id: 'x', summary: facts.summary, artifacts: [] });
    });
  }
});

describe('factsOf hostile lines', () => {
  it('never throws, and gives facts of the promised shape', () => {
    assert.ok(HOSTILE_LINES.length > 100);
    for (const [feed, line] of HOSTILE_LINES) {
      const facts = factsOf(feed, Buffer.from(line));
      assert.equal(typeof facts.id, 'string');
      assert.ok(Array.isArray(facts.artifacts));
      for (const [name, value] of Object.entries(facts.summary)) {
        assert.match(name, /^[a-z_]+$/u);
        const fits = Array.isArray(value)
          ? value.length > 0 && value.length <= 4 && value.every((item) => typeof item === 'string')
          : typeof value === 'string' || typeof value === 'number';
        assert.ok(fits, `${name} of ${line.slice(0, 200)}`);
      }
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('says so of a line that is no record', () => {
    for (const line of NOT_RECORDS) {
      const facts = factsOf('files', Buffer.from(line));
      assert.deepEqual(facts, {
        id: '',
        summary: { problem: 'this line is not a JSON object' },
        artifacts: [],
      });
      assert.ok(!isRecord(facts));
    }
  });

  it('leaves out fields of another type, and keeps the rest', () => {
    const { summary } = factsOf(
      'files',
      lineOf(fileRecord({ type_tag: 5, names: {}, tags: 'x', size: '9', first_submission_date: 'soon' })),
    );
    assert.equal(summary.type, 'Win32 EXE');
    assert.equal(summary.name, 'invoice.exe');
    assert.ok(!('tags' in summary) && !('size' in summary) && !('first_seen' in summary));
  });

  it('survives dates from 9 to beyond time', () => {
    const seen = (value: unknown): unknown =>
      factsOf('files', lineOf(fileRecord({ first_submission_date: value }))).summary.first_seen;
    assert.equal(seen(9), '1970-01-01T00:00:09Z');
    assert.equal(seen(-1), '1969-12-31T23:59:59Z');
    assert.equal(seen(1.9), '1970-01-01T00:00:01Z');
    assert.equal(seen(8.64e12), '+275760-09-13T00:00:00Z');
    assert.equal(seen(8.64e12 + 1), undefined);
    assert.equal(
      factsOf('files', Buffer.from('{"attributes":{"first_submission_date":1e400}}')).summary.first_seen,
      undefined,
    );
  });

  it('gives Google TI’s own verdict, as far as there is one', () => {
    const gti = (assessment: unknown): unknown =>
      factsOf('files', lineOf(fileRecord({ gti_assessment: assessment }))).summary.gti;
    const value = (text: unknown): object => ({ value: text });
    assert.equal(
      gti({ verdict: value('VERDICT_MALICIOUS'), severity: value('SEVERITY_HIGH'), threat_score: value(72) }),
      'MALICIOUS HIGH 72',
    );
    assert.equal(gti({ verdict: value('VERDICT_BENIGN'), severity: value('SEVERITY_NONE') }), 'BENIGN');
    for (const odd of [undefined, null, 'x', [], {}, { verdict: 'x' }, { threat_score: value('72') }])
      assert.equal(gti(odd), undefined);
  });

  it('prefers a name that is more than the hash again', () => {
    const name = (meaningful: unknown, names: readonly unknown[]): unknown =>
      factsOf('files', lineOf(fileRecord({ meaningful_name: meaningful, names }))).summary.name;
    assert.equal(name(SHA256, [`${SHA256}.exe`, 'real.exe']), 'real.exe');
    assert.equal(name(undefined, ['a.exe', 'b.exe']), 'a.exe');
    assert.equal(name('m.exe', ['a.exe']), 'm.exe');
  });

  it('keeps an indicator whole that other texts of its length are not', () => {
    const url = `https://evil.example/${'p'.repeat(150)}`;
    const record = { id: 'x', attributes: { url, title: 't'.repeat(150) } };
    const { summary } = factsOf('urls', lineOf(record));
    assert.equal(summary.url, `hxxps[:]//evil[.]example/${'p'.repeat(150)}`);
    assert.equal(summary.title, `${'t'.repeat(63)}…`);
  });

  it('takes own keys only, whatever they are called', () => {
    const line = '{"__proto__":{"id":"x","attributes":{"size":1}},"id":"real"}';
    assert.deepEqual(factsOf('files', Buffer.from(line)).summary, { id: 'real' });
  });

  it('looks at the first items of a list only, and counts them all', () => {
    const many = Array.from({ length: 40 }, (_, at) => (at < 32 ? SHA256 : 'late.exe'));
    const named = fileRecord({ meaningful_name: SHA256, names: many, tags: many.map(() => 1) });
    const { summary } = factsOf('files', lineOf(named));
    assert.ok(!('name' in summary) && !('tags' in summary));
    const entries = many.map((value) => ({ type: 'A', value }));
    const domain = { id: 'x', attributes: { last_dns_records: [...entries.slice(0, 31), {}, ...entries] } };
    assert.equal(factsOf('domains', lineOf(domain)).summary.addresses?.toString().includes('late'), false);
    assert.equal(factsOf('file_behaviours', lineOf(behaviourRecord({ dns_lookups: many }))).summary.dns, 40);
  });

  it('reads a record of 50,000 keys', () => {
    const attributes = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${String(at)}`, at]));
    assert.equal(factsOf('files', lineOf(fileRecord(attributes))).summary.size, 123_456);
  });

  it('reads a record nested a million deep', () => {
    const line = `{"id":"deep","attributes":${'['.repeat(1e6)}${']'.repeat(1e6)}}`;
    assert.equal(factsOf('files', Buffer.from(line)).id, 'deep');
  });

  it('cuts long texts without tearing a character', () => {
    const { summary } = factsOf('files', lineOf(fileRecord({ meaningful_name: '𝒳'.repeat(500) })));
    assert.equal(summary.name, `${'𝒳'.repeat(63)}…`);
    const tags = factsOf('files', lineOf(fileRecord({ tags: Array(9).fill('y'.repeat(50)) }))).summary.tags;
    assert.deepEqual(tags, Array(4).fill(`${'y'.repeat(39)}…`));
  });
});

describe('factsOf a line of 30 MB', () => {
  const BYTES = 30_000_000;
  const cases: readonly (readonly [
    what: string,
    feed: Feed,
    parts: readonly [before: string, repeated: string, after: string],
    summary: object,
  ])[] = [
    ['a text that nobody asked for', 'files', ['"x":"', 'x', '","size":1'], { size: 1, id: 'big' }],
    [
      'an indicator that looks like an address to its end',
      'urls',
      ['"url":"', ':', '"'],
      { url: `${'[:]'.repeat(76)}[…`, id: 'big' },
    ],
    [
      'millions of items that are counted',
      'file_behaviours',
      ['"dns_lookups":[', '"c2",', '1]'],
      { dns: BYTES / 5 + 1, id: 'big' },
    ],
    [
      'millions of items of which a few count',
      'files',
      ['"tags":[', '"t",', '1]'],
      { tags: ['t', 't', 't', 't'], id: 'big' },
    ],
  ];
  for (const [what, feed, [before, repeated, after], summary] of cases) {
    it(`takes little memory for ${what}`, () => {
      const line = Buffer.concat([
        Buffer.from(`{"id":"big","attributes":{${before}`),
        Buffer.alloc(BYTES, repeated),
        Buffer.from(`${after}}}`),
      ]);
      const used = process.memoryUsage().heapUsed;
      assert.deepEqual(factsOf(feed, line).summary, summary);
      assert.ok(process.memoryUsage().heapUsed - used < 1.5 * BYTES);
    });
  }
});
