import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { backOffTime, nextUtcMidnight, statedRetryTime } from '../../../../src/core/api/retry-after.ts';

const NOW = Date.UTC(2026, 10, 22, 10, 3, 30, 500);
const DAY = 24 * 60 * 60_000;

describe('statedRetryTime', () => {
  const cases: readonly (readonly [header: string | undefined, wait: number | undefined])[] = [
    [undefined, undefined],
    ['', undefined],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['1', 1000],
    ['0', 0],
    ['000', 0],
    ['-5', undefined],
    ['+5', undefined],
    ['5.5', undefined],
    ['86401', DAY + 1000],
    ['2000000', 2_000_000_000],
    ['1000000000', DAY],
    ['9'.repeat(400), DAY],
    ['Sun, 22 Nov 2026 10:08:00 GMT', 269_500],
    ['Sun, 22 Nov 2026 10:00:00 GMT', 0],
    ['Sun, 22 Nov 2037 10:00:00 GMT', DAY],
    ['Sun, 99 Nov 2026 10:08:00 GMT', undefined],
    ['2026-11-22', undefined],
    ['soon', undefined],
    ['1e9', undefined],
    ['10, 20', undefined],
    ['٣٠', undefined],
  ];
  for (const [header, wait] of cases) {
    it(`reads ${inspect(header).slice(0, 40)} as ${String(wait)} ms`, () => {
      const headers = new Map(header === undefined ? [] : [['retry-after', header]]);
      assert.equal(statedRetryTime(headers, NOW), wait === undefined ? undefined : NOW + wait);
    });
  }

  it("reads a date by the server's clock, whatever this one says", () => {
    const headers = new Map([['retry-after', 'Sun, 22 Nov 2026 10:08:00 GMT']]);
    headers.set('date', 'Sun, 22 Nov 2026 10:03:00 GMT');
    for (const skew of [0, 2 * 3_600_000, -8 * DAY])
      assert.equal(statedRetryTime(headers, NOW + skew), NOW + skew + 300_000);
    headers.set('date', 'just now');
    assert.equal(statedRetryTime(headers, NOW), NOW + 269_500);
  });
});

describe('backOffTime', () => {
  it('is a minute from now, and not the same for all', () => {
    assert.equal(backOffTime(NOW, 0), NOW + 60_000);
    assert.equal(backOffTime(NOW, 0.5), NOW + 67_500);
  });
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
