import assert from 'node:assert/strict';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { parseSlot } from '../../../../src/core/feed/slot.ts';
import type { Day, Slot } from '../../../../src/core/feed/slot.ts';
import {
  hoursBetween,
  minuteCount,
  newestMinutes,
  rangeBetween,
  rangeOfDay,
  shortSpanText,
  spanText,
} from '../../../../src/core/range/range-request.ts';
import { minute } from '../../../support/records.ts';

/** 2026-11-22 12:30:15 UTC: the newest minute is 11:30, the oldest 2026-11-15 12:30. */
const NOW = Date.UTC(2026, 10, 22, 12, 30, 15);

function slot(text: string): Slot {
  return parseSlot(text) ?? assert.fail(text);
}

describe('a request for a range', () => {
  for (const [from, to, expected] of [
    ['202611220903', '202611220903', '202611220903 202611220903 1'],
    ['202611220903', '202611221001', '202611220903 202611221001 59'],
    ['2026112209', '2026112209', '202611220900 202611220959 60'],
    ['2026112208', '202611221001', '202611220800 202611221001 122'],
    ['202611220903', '2026112210', '202611220903 202611221059 117'],
    ['202611212359', '202611220000', '202611212359 202611220000 2'],
    ['2026112211', '2026112211', '202611221100 202611221130 31'],
    ['2026111512', '2026111512', '202611151230 202611151259 30'],
    ['202611151230', '2026112211', '202611151230 202611221130 10021'],
  ] as const) {
    it(`from ${from} to ${to} is ${expected} minutes`, () => {
      const range = rangeBetween('urls', slot(from), slot(to), NOW);
      assert.equal(`${range.from} ${range.to} ${String(minuteCount(range))}`, expected);
    });
  }

  for (const [from, to, code] of [
    ['202611220903', '202611220902', 'invalidArgument'],
    ['2026112209', '2026112208', 'invalidArgument'],
    ['202611221131', '202611221131', 'notAvailableYet'],
    ['202611221100', '202611221131', 'notAvailableYet'],
    ['2026112212', '2026112212', 'notAvailableYet'],
    ['202611151229', '202611221100', 'tooOld'],
    ['2026111511', '202611221100', 'tooOld'],
  ] as const) {
    it(`from ${from} to ${to} is refused: ${code}`, () => {
      assert.throws(
        () => rangeBetween('urls', slot(from), slot(to), NOW),
        (error) => hasCode(error, code),
      );
    });
  }

  it('for the newest minutes ends with the newest, and is no longer than what is served', () => {
    assert.deepEqual(newestMinutes('files', 60, NOW), {
      feed: 'files',
      from: '202611221031',
      to: '202611221130',
    });
    assert.equal(newestMinutes('files', 20_000, NOW).from, '202611151230');
  });

  it('for a day has what is served of it', () => {
    const span = (day: string): string => {
      const { from, to } = rangeOfDay('files', day as Day, NOW);
      return `${from}-${to}`;
    };
    assert.equal(span('20261121'), '202611210000-202611212359');
    assert.equal(span('20261122'), '202611220000-202611221130');
    assert.equal(span('20261115'), '202611151230-202611152359');
    assert.throws(
      () => span('20261114'),
      (error) => hasCode(error, 'tooOld'),
    );
    assert.throws(
      () => span('20261123'),
      (error) => hasCode(error, 'notAvailableYet'),
    );
  });

  it('names its hours and says its span in words', () => {
    const range = rangeBetween('urls', slot('202611212330'), slot('202611220100'), NOW);
    assert.deepEqual(hoursBetween(range), ['2026112123', '2026112200', '2026112201']);
    assert.equal(spanText(range), '2026-11-21 23:30 to 2026-11-22 01:00');
    const [from, to] = [minute('202611220900'), minute('202611220959')];
    assert.equal(spanText({ from, to }), '2026-11-22 09:00 to 09:59');
    assert.equal(spanText({ from, to: from }), '2026-11-22 09:00');
    assert.equal(shortSpanText({ from, to }, NOW), '09:00–09:59');
    assert.equal(shortSpanText({ from, to: from }, NOW), '09:00');
    assert.equal(shortSpanText({ from, to }, NOW + 86_400_000), '11-22 09:00–09:59');
    assert.equal(shortSpanText(range, NOW), '11-21 23:30–11-22 01:00');
  });
});
