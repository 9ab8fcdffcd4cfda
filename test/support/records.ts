import { FEEDS } from '../../src/core/feed/feed.ts';
import type { Feed } from '../../src/core/feed/feed.ts';
import { parseSlot } from '../../src/core/feed/slot.ts';
import type { Hour, Minute } from '../../src/core/feed/slot.ts';

export const SHA256 = '8a'.repeat(32);
/** 2026-11-22 10:03:00 UTC, Unix seconds: when the tokens of built records were made. */
export const TOKEN_SECONDS = Date.UTC(2026, 10, 22, 10, 3) / 1000;
/** The seconds' links end seven days later, Unix milliseconds. */
export const LINKS_END = Date.UTC(2026, 10, 29, 10, 3);

export function minute(text: string): Minute {
  const slot = parseSlot(text);
  if (slot?.length !== 12) throw new Error(`${text} is no minute`);
  return slot as Minute;
}

export function hour(text: string): Hour {
  const slot = parseSlot(text);
  if (slot?.length !== 10) throw new Error(`${text} is no hour`);
  return slot as Hour;
}

/** A token in the form of real ones. */
export function tokenOf(id: string, seconds: number | string = TOKEN_SECONDS): string {
  return Buffer.from(`${id}||v3||${String(seconds)}||${'0f'.repeat(32)}`).toString('base64url');
}

export function artifactUrl(feed: string, token: string, last: string): string {
  return `https://www.virustotal.com/api/v3/feeds/${feed}/${token}/${last}`;
}

type Fields = Readonly<Record<string, unknown>>;

/** A record of the files feed; `attributes` are added to the usual ones. */
export function fileRecord(attributes: Fields = {}, id = SHA256): Fields {
  return {
    attributes: {
      type_tag: 'peexe',
      type_description: 'Win32 EXE',
      meaningful_name: 'invoice.exe',
      names: ['invoice.exe', 'a.exe'],
      last_analysis_stats: { malicious: 40, suspicious: 2, harmless: 0, undetected: 28, timeout: 1 },
      popular_threat_classification: { suggested_threat_label: 'trojan.emotet/zbot' },
      tags: ['peexe', 'overlay'],
      size: 123_456,
      first_submission_date: 1_795_341_780,
      sha256: id,
      ...attributes,
    },
    context_attributes: {
      download_url: artifactUrl('files', tokenOf(id), 'download'),
      submitter: { id: '1c2d', interface: 'api', country: 'DE' },
    },
    id,
    links: { self: `https://www.virustotal.com/api/v3/files/${id}` },
    type: 'file',
  };
}

/** A record of the file_behaviours feed, with its four artifacts. */
export function behaviourRecord(attributes: Fields = {}, id = `${SHA256}_VirusTotal Jujubox`): Fields {
  const link = (last: string): string => artifactUrl('file-behaviours', tokenOf(id.slice(0, 90)), last);
  return {
    attributes: {
      sandbox_name: 'VirusTotal Jujubox',
      verdicts: ['MALWARE'],
      analysis_date: 1_795_341_780,
      processes_created: ['a.exe', 'b.exe'],
      dns_lookups: [{ hostname: 'c2.example' }],
      ...attributes,
    },
    context_attributes: {
      file_type_tag: 'peexe',
      html_report: link('html'),
      pcap: link('pcap'),
      evtx: link('evtx'),
      memdump: link('memdump'),
    },
    id,
    type: 'file_behaviour',
  };
}

const HOSTILE_TEXT = [
  'gpj.\u202eexe',
  '\u200bzero\u2060width\ufeff',
  '$(verified) [ok](command:workbench.action.quit)',
  'line\u2028separator\u2029here',
  '\u001b]52;c;AAAA\u0007',
  '\ud800 lone',
  'https://evil.example/a?b=c#d',
  'javascript://x',
  '//host//path',
  '\\/\\/ \\" \\\\',
  '👩‍👩‍👧‍👦'.repeat(40),
  '\u202e'.repeat(3000),
  'x'.repeat(20_000),
].map((text) => JSON.stringify(text));

/** Lines that a feed should never send, and may: valid JSON objects all of them. */
export const HOSTILE_OBJECTS: readonly string[] = [
  '{}',
  '{"id":null,"type":null,"attributes":null,"context_attributes":null}',
  '{"id":7,"type":[],"attributes":"text","context_attributes":5}',
  '{"id":["a"],"attributes":[{}],"context_attributes":[]}',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"id":"p"}',
  '{"id":"n","attributes":{"size":9007199254740993,"big":1e400,"zero":-0,"exact":1.10,"dup":1,"dup":2}}',
  '{"id":"w","attributes":{"type_tag":1,"names":{},"tags":[1,null,["a"],{}],"last_analysis_stats":[],"size":"5","first_submission_date":"9"}}',
  '{"id":"w","attributes":{"last_analysis_stats":{"malicious":"x","harmless":null},"verdicts":"MALWARE","last_dns_records":[null,1,{"type":"A"},{"type":"A","value":5}],"analysis_date":1e300}}',
  '{"id":"w","context_attributes":{"download_url":5,"pcap":null,"html_report":["x"],"submitter":"x"}}',
  '{ "id" : "spaced",\t"attributes" : {\t"names" : [ "a",\r"b" ] , "n" : { } } , "links" : [ ] }\r',
  '{"id":"../../etc/passwd","type":"CON.","attributes":{"__proto__":{"a":1},"":{"":""},"//":"://"}}',
  ...HOSTILE_TEXT.map(
    (text) =>
      `{"id":${text},"type":${text},"attributes":{${text}:${text},"meaningful_name":${text},"url":${text},"title":${text},"as_owner":${text},"registrar":${text},"tags":[${text},${text}],"verdicts":[${text}],"sandbox_name":${text},"names":[${text}],"popular_threat_classification":{"suggested_threat_label":${text}}},"context_attributes":{"pcap":${text},"download_url":${text}}}`,
  ),
];

/** Lines that are no record at all. */
export const NOT_RECORDS: readonly string[] = [
  'not json',
  '{"id":"cut',
  'null',
  '[]',
  '[{"id":"a","url":"http://evil.example/"}]',
  '5',
  'true',
  '"https://evil.example/"',
  '<html>https://evil.example/</html>',
  '{"id":"a"} {"id":"b"}',
];

/** One ordinary record of every feed. */
export const ORDINARY: Readonly<Record<Feed, Fields>> = {
  files: fileRecord(),
  urls: {
    id: '4b'.repeat(32),
    type: 'url',
    attributes: {
      url: 'https://user@evil.example/login?x=1',
      last_analysis_stats: { malicious: 3, suspicious: 1, harmless: 60, undetected: 26 },
      threat_names: ['Phish/Login'],
      tags: ['external-resources'],
      last_http_response_code: 200,
      title: 'Log in',
      last_submission_date: 1_795_341_780,
    },
    context_attributes: { submitter: { country: 'XX' } },
  },
  domains: {
    id: 'evil.example',
    type: 'domain',
    attributes: {
      last_analysis_stats: { malicious: 1, suspicious: 0, harmless: 70, undetected: 20 },
      tags: ['dga'],
      registrar: 'Example Registrar',
      creation_date: 1_700_000_000,
      last_dns_records: [
        { type: 'A', value: '192.0.2.1' },
        { type: 'MX', value: 'mx.example' },
        { type: 'AAAA', value: '2001:db8::1' },
      ],
      last_modification_date: 1_795_341_780,
    },
  },
  ip_addresses: {
    id: '192.0.2.7',
    type: 'ip_address',
    attributes: {
      last_analysis_stats: { malicious: 4, suspicious: 0, harmless: 77, undetected: 12 },
      tags: [],
      as_owner: 'Example Net',
      asn: 64_500,
      country: 'GB',
      network: '192.0.2.0/24',
      last_modification_date: 1_795_341_780,
    },
  },
  file_behaviours: behaviourRecord(),
};

/** Every hostile line, for every feed: a table that cannot be empty. */
export const HOSTILE_LINES: readonly (readonly [Feed, string])[] = FEEDS.flatMap((feed) =>
  [...HOSTILE_OBJECTS, ...NOT_RECORDS].map((line) => [feed, line] as const),
);
