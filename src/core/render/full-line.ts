import { parseJson } from '../feed/json.ts';
import { jsonParts, showJson } from './json-text.ts';
import type { JsonPart } from './json-text.ts';

/** Keys that tell most come first, the artifact links among them so that they stay within the drawn columns. */
const FIRST_KEYS = ['id', 'type', 'context_attributes', 'attributes'];
const FIRST_ATTRIBUTES = [
  'meaningful_name',
  'url',
  'last_analysis_stats',
  'gti_assessment',
  'popular_threat_classification',
  'sandbox_name',
  'verdicts',
  'type_tag',
  'type_description',
  'tags',
  'names',
  'size',
  'md5',
  'sha1',
  'sha256',
  'first_submission_date',
  'last_submission_date',
  'last_analysis_date',
];

/** A record's whole line, lossless, the telling keys first. A line that is not JSON is shown as a JSON text. */
export function fullLine(line: string): string {
  const members = parseJson(line) === undefined ? undefined : jsonParts(line);
  if (members === undefined || !line.trim().startsWith('{')) return notARecord(line);
  const ordered = inOrder(members, FIRST_KEYS).map(({ key, value }) => {
    const parts = key === '"attributes"' && value.startsWith('{') ? jsonParts(value) : undefined;
    return { key, value: parts === undefined ? value : objectOf(inOrder(parts, FIRST_ATTRIBUTES)) };
  });
  return showJson(objectOf(ordered));
}

function notARecord(line: string): string {
  return parseJson(line) === undefined
    ? showJson(JSON.stringify({ problem: 'this line is not JSON', line }))
    : showJson(line.trim());
}

function inOrder(parts: readonly JsonPart[], first: readonly string[]): JsonPart[] {
  const rank = ({ key }: JsonPart): number => {
    const at = first.indexOf(key.slice(1, -1));
    return at === -1 ? first.length : at;
  };
  return parts.toSorted((one, other) => rank(one) - rank(other));
}

function objectOf(parts: readonly JsonPart[]): string {
  return `{${parts.map(({ key, value }) => `${key}:${value}`).join(',')}}`;
}
