import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { nextUtcMidnight, retryTime } from '../../../../src/core/api/retry-after.ts';

const NOW = Date.UTC(2026, 10, 22, 10, 3, 30, 500);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('retryTime', () => {
  const cases: readonly (readonly [header: string | undefined, wait: number])[] = [
    [undefined, MINUTE],
    ['', MINUTE],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['1', 1000],
    ['0', MINUTE],
    ['-5', MINUTE],
    ['1000000000', DAY],
    ['9'.repeat(400), MINUTE],
    ['Sun, 22 Nov 2026 10:08:00 GMT', 269_500],
    ['Sun, 22 Nov 2026 10:00:00 GMT', MINUTE],
    ['Sun, 22 Nov 2037 10:00:00 GMT', DAY],
    ['soon', MINUTE],
    ['1e9', MINUTE],
    ['٣٠', MINUTE],
  ];
  for (const [header, wait] of cases) {
    it(`waits ${String(wait)} ms after ${inspect(header).slice(0, 40)}`, () => {
      assert.equal(retryTime(header, NOW) - NOW, wait);
    });
  }
});

describe('nextUtcMidnight', () => {
  const cases: readonly (readonly [now: string, midnight: string])[] = [
    ['2026-11-22T10:03:30.500Z', '2026-11-23T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
    ['2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ];
  for (const [now, midnight] of cases) {
    it(`is ${midnight} at ${now}`, () => {
      assert.equal(new Date(nextUtcMidnight(Date.parse(now))).toISOString(), midnight);
    });
  }
});
