import assert from 'node:assert/strict';
import { DAY_MINUTES, minuteAtIndex, minuteOfDay } from '../../../../src/core/feed/day-minutes.ts';
import { dayOf, minutesOf, shiftSlot } from '../../../../src/core/feed/slot.ts';
import { hour, minute } from '../../../support/records.ts';

describe('minutes of a day', () => {
  it('are counted from its start to its end', () => {
    let at = minute('202611220000');
    for (let index = 0; index < DAY_MINUTES; index++, at = shiftSlot(at, 1)) {
      assert.equal(minuteOfDay(at), index);
      assert.equal(minuteAtIndex(dayOf(at), index), at);
    }
    assert.equal(at, '202611230000');
  });

  it('are those of its hours', () => {
    const minutes = minutesOf(hour('2026112213')).map((each) => minuteOfDay(each));
    assert.deepEqual([minutes[0], minutes.at(-1)], [13 * 60, 13 * 60 + 59]);
  });
});
