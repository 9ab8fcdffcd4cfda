import type { Minute } from '../../src/core/feed/slot.ts';
import { benchRecord } from './bench-record.ts';

/** The plain text of one minute of the files feed. */
export interface MinuteText {
  readonly plain: Buffer;
  readonly records: number;
}

/** As many records as it takes to reach `plainBytes`. The same minute gives the same bytes. */
export function minuteText(minute: Minute, plainBytes: number): MinuteText {
  const lines: Buffer[] = [];
  for (let size = 0; size < plainBytes;) {
    const line = Buffer.from(`${JSON.stringify(benchRecord(minute, lines.length))}\n`);
    lines.push(line);
    size += line.length;
  }
  return { plain: Buffer.concat(lines), records: lines.length };
}
