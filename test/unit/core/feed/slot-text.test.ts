import assert from 'node:assert/strict';
import { clockText, dayText, momentText, slotText } from '../../../../src/core/feed/slot-text.ts';
import { dayOf } from '../../../../src/core/feed/slot.ts';
import { hour, minute } from '../../../support/records.ts';

describe('texts of slots', () => {
  it('name a minute and an hour', () => {
    assert.equal(slotText(minute('202611221003')), '2026-11-22 10:03');
    assert.equal(slotText(hour('2026112210')), '2026-11-22 10h');
    assert.equal(clockText(minute('202611220003')), '00:03');
    assert.equal(clockText(hour('2026112223')), '23h');
    assert.equal(dayText(dayOf(minute('202611221003'))), '2026-11-22');
  });

  it('name a moment with its day only when it is another day', () => {
    const now = Date.UTC(2026, 11, 31, 23, 30);
    assert.equal(momentText(now + 60_000, now), '23:31 UTC');
    assert.equal(momentText(now + 1_800_000, now), '2027-01-01 00:00 UTC');
  });
});
