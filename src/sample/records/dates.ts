import type { Random } from './random.ts';
import { secondsOf } from './record-place.ts';
import type { RecordPlace } from './record-place.ts';

const DAY_SECONDS = 86_400;

/** Unix seconds, none later than the next. */
export interface RecordDates {
  readonly firstSubmission: number;
  readonly lastSubmission: number;
  readonly lastAnalysis: number;
  /** Within the record's own minute: that is why the record is in this batch. */
  readonly lastModification: number;
}

export function recordDates(place: RecordPlace, random: Random): RecordDates {
  const lastModification = secondsOf(place.minute) + random.int(0, 59);
  const lastAnalysis = lastModification - random.int(2, 2400);
  const lastSubmission = random.chance(0.8) ? lastAnalysis : lastAnalysis - random.int(60, 20 * DAY_SECONDS);
  const firstSubmission = random.chance(0.6)
    ? lastSubmission
    : lastSubmission - random.int(60, 900 * DAY_SECONDS);
  return { firstSubmission, lastSubmission, lastAnalysis, lastModification };
}

/** `2026-11-22 10:03:00`, as certificates and bundles write it. */
export function plainDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026:11:22 10:03:00`, as ExifTool writes it. */
export function exifDate(seconds: number): string {
  return plainDate(seconds).replaceAll('-', ':');
}

/** `2026-11-22T10:03:00Z`. */
export function isoDate(seconds: number): string {
  return `${plainDate(seconds).replace(' ', 'T')}Z`;
}
