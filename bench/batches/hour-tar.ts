import { minutesOf, startOf } from '../../src/core/feed/slot.ts';
import type { Hour } from '../../src/core/feed/slot.ts';
import { tarEnd, tarHeader, tarPadding } from '../../src/sample/batches/tar-header.ts';
import { minuteText } from './minute-text.ts';
import type { MinuteText } from './minute-text.ts';

/** A tar of the first `minutes` minutes of an hour, each of `plainBytes`; calls `onMinute` with each one. */
export async function* hourTar(
  hour: Hour,
  minutes: number,
  plainBytes: number,
  onMinute: (text: MinuteText) => void,
): AsyncGenerator<Buffer> {
  for (const minute of minutesOf(hour).slice(0, minutes)) {
    const text = minuteText(minute, plainBytes);
    onMinute(text);
    yield tarHeader(`${minute}.txt`, text.plain.length, startOf(minute) / 1000);
    yield text.plain;
    yield tarPadding(text.plain.length);
    await Promise.resolve();
  }
  yield tarEnd();
}
