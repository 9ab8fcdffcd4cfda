import { numberAt, parseJson } from '../feed/json.ts';
import { parseFollow } from './follow-record.ts';
import type { FollowRecord } from './follow-record.ts';
import { parseRange } from './range-record.ts';
import type { RangeRecord } from './range-record.ts';

/** What one window leaves to the next: a range or a follow. */
export type TaskRecord = RangeRecord | FollowRecord;

/** Of the form these are written in. */
const VERSION = 1;

export function formatTask(record: TaskRecord): string {
  return JSON.stringify({ version: VERSION, ...record });
}

/** Reads what {@link formatTask} wrote; undefined for anything else, what a newer version wrote among it. */
export function parseTask(id: string, text: string): TaskRecord | undefined {
  const json = parseJson(text);
  if (numberAt(json, 'version') !== VERSION) return undefined;
  return parseRange(id, json) ?? parseFollow(id, json);
}
