import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../src/core/feed/slot.ts';
import { availability, newestHour, newestMinute, oldestStart } from '../../../../src/core/feed/window.ts';
import { hour, minute } from '../../../support/records.ts';

const START = Date.UTC(2026, 10, 22, 10, 3);

describe('availability of a minute', () => {
  const slot = minute('202611221003');
  const notYet = { state: 'notYet', availableAt: START + HOUR_MS };
  const cases: readonly (readonly [when: string, now: number, expected: object])[] = [
    ['before it has begun', START - 1, notYet],
    ['at its start', START, notYet],
    ['59:59.999 after its start', START + HOUR_MS - 1, notYet],
    ['60:00.000 after its start', START + HOUR_MS, { state: 'available' }],
    ['after seven days to the millisecond', START + 7 * DAY_MS, { state: 'available' }],
    ['59.999 s later', START + 7 * DAY_MS + MINUTE_MS - 1, { state: 'available' }],
    ['after seven days and a minute', START + 7 * DAY_MS + MINUTE_MS, { state: 'tooOld' }],
  ];
  for (const [when, now, expected] of cases) {
    it(`is ${JSON.stringify(expected)} ${when}`, () => {
      assert.deepEqual(availability(slot, now), expected);
    });
  }
});

describe('availability of an hour', () => {
  const slot = hour('2026112210');
  const start = Date.UTC(2026, 10, 22, 10);
  const cases: readonly (readonly [when: string, now: number, expected: object])[] = [
    ['when it ends', start + HOUR_MS, { state: 'notYet', availableAt: start + 2 * HOUR_MS }],
    [
      'a millisecond before two hours',
      start + 2 * HOUR_MS - 1,
      { state: 'notYet', availableAt: start + 2 * HOUR_MS },
    ],
    ['two hours after its start', start + 2 * HOUR_MS, { state: 'available' }],
    ['after seven days', start + 7 * DAY_MS, { state: 'available' }],
    ['after seven days and a minute', start + 7 * DAY_MS + MINUTE_MS, { state: 'tooOld' }],
  ];
  for (const [when, now, expected] of cases) {
    it(`is ${JSON.stringify(expected)} ${when}`, () => {
      assert.deepEqual(availability(slot, now), expected);
    });
  }
});

describe('the newest and the oldest of the window', () => {
  const cases: readonly (readonly [now: string, newest: string, hour: string])[] = [
    ['2026-11-22T11:02:59.999Z', '202611221002', '2026112209'],
    ['2026-11-22T11:03:00.000Z', '202611221003', '2026112209'],
    ['2026-11-22T11:59:59.999Z', '202611221059', '2026112209'],
    ['2026-11-22T12:00:00.000Z', '202611221100', '2026112210'],
    ['2027-01-01T00:59:59.999Z', '202612312359', '2026123122'],
    ['2027-01-01T01:00:00.000Z', '202701010000', '2026123123'],
    ['2024-03-01T00:30:00.000Z', '202402292330', '2024022922'],
  ];
  for (const [now, newest, newestOfHours] of cases) {
    it(`at ${now} are ${newest} and ${newestOfHours}, both available, the next ones not`, () => {
      const at = Date.parse(now);
      assert.equal(newestMinute(at), newest);
      assert.equal(newestHour(at), newestOfHours);
      assert.equal(availability(newestMinute(at), at).state, 'available');
      assert.equal(availability(newestHour(at), at).state, 'available');
      assert.equal(availability(newestMinute(at + MINUTE_MS), at).state, 'notYet');
      assert.equal(availability(newestHour(at + HOUR_MS), at).state, 'notYet');
    });
  }

  it('agree with availability about the oldest minute', () => {
    const now = Date.UTC(2026, 10, 22, 11, 3, 30);
    assert.equal(oldestStart(now), Date.UTC(2026, 10, 15, 11, 3));
    assert.equal(availability(minute('202611151103'), now).state, 'available');
    assert.equal(availability(minute('202611151102'), now).state, 'tooOld');
  });
});
