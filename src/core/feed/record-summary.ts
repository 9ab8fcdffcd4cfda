import { defang } from './defang.ts';
import type { Feed } from './feed.ts';
import { jsonAt, listAt, numberAt, textAt, textsAt } from './json.ts';
import type { Json } from './json.ts';

/** Telling fields of a record by the name they are shown under. */
export type Summary = Readonly<Record<string, string | number | readonly string[]>>;

type Field = string | number | readonly string[] | undefined;

/** Longest text of one field, in characters. */
const MAX_TEXT = 64;
/** An indicator that is cut is worth nothing; the line's own limit still holds. */
const MAX_INDICATOR = 230;
const INDICATORS = ['id', 'url', 'domain', 'ip'];
const MAX_ITEMS = 4;
const MAX_ITEM = 40;
/** Of a list only its first items are looked at, and the whole is counted: a hostile one may have millions. */
export const LOOKED_AT = 32;

/** The telling fields of a record, most telling first and its id last; what the record does not have is left out. */
export function summaryOf(feed: Feed, record: Json): Summary {
  const present = Object.entries(SUMMARIES[feed](record)).flatMap(([name, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0)
      ? []
      : [[name, cut(name, value)] as const],
  );
  return Object.fromEntries(present);
}

const SUMMARIES: Readonly<Record<Feed, (record: Json) => Readonly<Record<string, Field>>>> = {
  files: (record) => ({
    detections: detections(record),
    gti: assessment(record),
    type: textAt(record, 'attributes', 'type_tag') ?? textAt(record, 'attributes', 'type_description'),
    name: tellingName(record),
    threat: textAt(record, 'attributes', 'popular_threat_classification', 'suggested_threat_label'),
    tags: texts(record, 'tags'),
    size: numberAt(record, 'attributes', 'size'),
    first_seen: date(record, 'first_submission_date'),
    country: textAt(record, 'context_attributes', 'submitter', 'country'),
    id: textAt(record, 'id'),
  }),
  urls: (record) => ({
    detections: detections(record),
    gti: assessment(record),
    url: defanged(textAt(record, 'attributes', 'url') ?? textAt(record, 'context_attributes', 'url')),
    threat: texts(record, 'threat_names')[0],
    tags: texts(record, 'tags'),
    http: numberAt(record, 'attributes', 'last_http_response_code'),
    title: textAt(record, 'attributes', 'title'),
    last_seen: date(record, 'last_submission_date'),
    country: textAt(record, 'context_attributes', 'submitter', 'country'),
    id: textAt(record, 'id'),
  }),
  domains: (record) => ({
    detections: detections(record),
    gti: assessment(record),
    domain: defanged(textAt(record, 'id')),
    tags: texts(record, 'tags'),
    registrar: textAt(record, 'attributes', 'registrar'),
    created: date(record, 'creation_date'),
    addresses: firstItems(record, 'last_dns_records').flatMap((entry) => {
      const value = /^A{1,4}$/u.test(textAt(entry, 'type') ?? '')
        ? defanged(textAt(entry, 'value'))
        : undefined;
      return value ?? [];
    }),
    changed: date(record, 'last_modification_date'),
  }),
  ip_addresses: (record) => ({
    detections: detections(record),
    gti: assessment(record),
    ip: defanged(textAt(record, 'id')),
    owner: textAt(record, 'attributes', 'as_owner'),
    asn: numberAt(record, 'attributes', 'asn'),
    country: textAt(record, 'attributes', 'country'),
    network: defanged(textAt(record, 'attributes', 'network')),
    tags: texts(record, 'tags'),
    changed: date(record, 'last_modification_date'),
  }),
  file_behaviours: (record) => ({
    sandbox: textAt(record, 'attributes', 'sandbox_name'),
    type: textAt(record, 'context_attributes', 'file_type_tag'),
    verdicts: texts(record, 'verdicts'),
    tags: texts(record, 'tags'),
    processes: count(record, 'processes_created'),
    dns: count(record, 'dns_lookups'),
    analysed: date(record, 'analysis_date'),
    id: textAt(record, 'id'),
  }),
};

/** Engines that call it malicious or suspicious, of those that gave a verdict: `12/70`. */
function detections(record: Json): string | undefined {
  const stats = jsonAt(record, 'attributes', 'last_analysis_stats');
  if (stats === undefined) return undefined;
  const sum = (...names: readonly string[]): number =>
    names.reduce((total, name) => total + (numberAt(stats, name) ?? 0), 0);
  const bad = sum('malicious', 'suspicious');
  return `${String(bad)}/${String(bad + sum('harmless', 'undetected'))}`;
}

/** Google TI's own verdict: `MALICIOUS HIGH 72`. */
function assessment(record: Json): string | undefined {
  const part = (name: string, prefix: RegExp): string =>
    (textAt(record, 'attributes', 'gti_assessment', name, 'value') ?? '').replace(prefix, '');
  const score = numberAt(record, 'attributes', 'gti_assessment', 'threat_score', 'value');
  const words = [
    part('verdict', /^VERDICT_/u),
    part('severity', /^SEVERITY_(?:NONE)?/u),
    String(score ?? ''),
  ];
  return words.filter((word) => word !== '').join(' ') || undefined;
}

/** What the file was called, unless that only repeats its hash. */
function tellingName(record: Json): string | undefined {
  const hash = /^[0-9a-f]{64}/u.exec(textAt(record, 'id') ?? '')?.[0];
  const names = [textAt(record, 'attributes', 'meaningful_name'), ...texts(record, 'names')];
  return names.find((name) => name !== undefined && (hash === undefined || !name.startsWith(hash)));
}

/** Dates are Unix seconds in records, ISO for people. */
function date(record: Json, name: string): string | undefined {
  const seconds = numberAt(record, 'attributes', name);
  if (seconds === undefined || !Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return undefined;
  return new Date(Math.trunc(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

function texts(record: Json, name: string): readonly string[] {
  return textsAt(firstItems(record, name));
}

function firstItems(record: Json, name: string): readonly Json[] {
  return listAt(record, 'attributes', name).slice(0, LOOKED_AT);
}

function count(record: Json, name: string): number | undefined {
  return listAt(record, 'attributes', name).length || undefined;
}

/** Cut before it is searched: what searches megabytes for addresses takes seconds, or the whole stack. */
function defanged(text: string | undefined): string | undefined {
  return text === undefined ? undefined : defang(text.slice(0, 4 * MAX_INDICATOR));
}

function cut(name: string, value: string | number | readonly string[]): string | number | readonly string[] {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return shorten(value, INDICATORS.includes(name) ? MAX_INDICATOR : MAX_TEXT);
  return value.slice(0, MAX_ITEMS).map((item) => shorten(item, MAX_ITEM));
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, limit * 2));
  return points.length <= limit && text.length <= limit * 2
    ? text
    : `${points.slice(0, limit - 1).join('')}…`;
}
