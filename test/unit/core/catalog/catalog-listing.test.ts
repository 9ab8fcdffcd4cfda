import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/core/catalog/catalog.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { batchKey } from '../../../../src/core/feed/batch-id.ts';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import { dayOf, hourOf, minutesOf } from '../../../../src/core/feed/slot.ts';
import type { StoredBatch } from '../../../../src/core/store/stored.ts';
import { hour, minute } from '../../../support/records.ts';
import { storedDays } from '../../../support/stored-days.ts';
import { weekOfBatches } from '../../../support/week-of-batches.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const ID = { feed: 'files', slot: minute('202611221003') } as const;

function stored(slot: string, records = 2): StoredBatch {
  return { feed: 'files', slot: minute(slot), records, bytes: records * 100 };
}

describe('Catalog and the days of a store', () => {
  let catalog: Catalog;
  let changes: string[];
  let storedChanges: string[];
  beforeEach(() => {
    catalog = new Catalog();
    changes = [];
    storedChanges = [];
    catalog.onDidChange((id) => changes.push(id === undefined ? 'all' : batchKey(id)));
    catalog.onDidChangeStored((id) => storedChanges.push(id === undefined ? 'all' : batchKey(id)));
  });

  /** The sums of a feed, its day and its hour, next to what counting each minute gives. */
  function assertSums(): void {
    const day = dayOf(ID.slot);
    const hours = Array.from({ length: 24 }, (_, at) => hour(`${day}${String(at).padStart(2, '0')}`));
    const counted = (minutes: readonly StoredBatch[]): object => ({
      count: minutes.length,
      records: minutes.reduce((sum, { records }) => sum + records, 0),
      bytes: minutes.reduce((sum, { bytes }) => sum + bytes, 0),
    });
    const byHour = hours.map((each) => catalog.storedMinutes('files', each));
    for (const [at, each] of hours.entries())
      assert.deepEqual(catalog.sumOf('files', each), counted(byHour[at] ?? []));
    assert.deepEqual(catalog.sumOf('files', day), counted(byHour.flat()));
    assert.deepEqual(catalog.sumOf('files'), counted(byHour.flat()));
    assert.deepEqual(catalog.totals(), counted(byHour.flat()));
  }

  it('keeps its sums true over readings, new batches, batches stored again and minutes found missing', () => {
    const days = storedDays({
      batches: [stored('202611221003', 2), stored('202611221004', 3), stored('202611222359', 4)],
      missing: [{ feed: 'files', slot: minute('202611221005') }],
    });
    catalog.takeDays(days, catalog.revision);
    assertSums();
    assert.equal(catalog.sumOf('files').records, 9);
    catalog.setStored(stored('202611221005', 5));
    assertSums();
    catalog.setStored(stored('202611221003', 20));
    assertSums();
    catalog.setEnded(ID, new VtFeedsError('missingBatch', 'none'));
    catalog.setEnded({ ...ID, slot: minute('202611221006') }, new VtFeedsError('missingBatch', 'none'));
    assertSums();
    assert.equal(catalog.sumOf('files').records, 32);
    assert.equal(catalog.stateOf(ID, NOW).state, 'stored');
    catalog.takeDays(storedDays({ batches: [stored('202611221003', 1)] }), catalog.revision);
    assertSums();
    assert.equal(catalog.sumOf('files').records, 1);
    catalog.reset();
    assertSums();
    assert.equal(catalog.totals().count, 0);
  });

  it('knows of a whole hour also when its last minute comes by itself', () => {
    const slots = minutesOf(hourOf(ID.slot));
    for (const slot of slots.slice(1)) catalog.setStored(stored(slot));
    const id = { feed: 'files', slot: hourOf(ID.slot) } as const;
    assert.equal(catalog.stateOf(id, NOW).state, 'available');
    catalog.setEnded({ ...ID, slot: minute(slots[0] ?? '') }, new VtFeedsError('missingBatch', 'none'));
    assert.equal(catalog.stateOf(id, NOW).state, 'stored');
    catalog.setStored(stored(slots[0] ?? ''));
    assert.equal(catalog.stateOf(id, NOW).state, 'stored');
  });

  it('asks for the days that are new or changed, and for no other', () => {
    const days = storedDays({ batches: [stored('202611221003'), stored('202611211003')] });
    assert.deepEqual(catalog.takeListing(days, catalog.revision), days);
    catalog.takeDays(days, catalog.revision);
    assert.deepEqual(catalog.takeListing(days, catalog.revision), []);
    const [first, second] = days;
    assert.ok(first !== undefined && second !== undefined);
    const changed = { ...second, stamp: 'another' };
    assert.deepEqual(catalog.takeListing([first, changed], catalog.revision), [changed]);
    assert.equal(catalog.storedDays('files').length, 2);
  });

  it('asks again for a day that was read without a stamp, and for one that changed here', () => {
    const [day] = storedDays({ batches: [stored('202611221003')] });
    assert.ok(day !== undefined);
    catalog.takeDays([{ ...day, stamp: '' }], catalog.revision);
    assert.deepEqual(catalog.takeListing([day], catalog.revision), [day]);
    catalog.takeDays([day], catalog.revision);
    assert.deepEqual(catalog.takeListing([day], catalog.revision), []);
    catalog.setStored(stored('202611221004'));
    assert.deepEqual(catalog.takeListing([day], catalog.revision), [day]);
  });

  it('leaves a day as it is that changed here while it was read, and gives it back', () => {
    const days = storedDays({ batches: [stored('202611211003'), stored('202611221003')] });
    const since = catalog.revision;
    catalog.setStored(stored('202611221004'));
    assert.deepEqual(
      catalog.takeDays(days, since).map(({ day }) => day),
      ['20261122'],
    );
    assert.deepEqual(catalog.storedDays('files').sort(), ['20261121', '20261122']);
    assert.equal(catalog.storedBatch(ID), undefined);
    assert.deepEqual(catalog.takeDays(days.slice(1), catalog.revision), []);
    assert.equal(catalog.storedBatch(ID)?.records, 2);
    assert.equal(catalog.storedBatch({ ...ID, slot: minute('202611221004') }), undefined);
  });

  it('forgets a day that the store has no longer, but not one that came while it was listed', () => {
    catalog.takeDays(storedDays({ batches: [stored('202611211003')] }), catalog.revision);
    const since = catalog.revision;
    catalog.setStored(stored('202611221003'));
    changes = [];
    catalog.takeListing([], since);
    assert.deepEqual(catalog.storedDays('files'), ['20261122']);
    assert.deepEqual(changes, ['all']);
    catalog.takeListing([], since);
    assert.deepEqual(changes, ['all']);
  });

  it('names what differs: minutes that came, went or are others, and hours by their package', () => {
    const before = { batches: [stored('202611221003'), stored('202611221004'), stored('202611221005')] };
    const taken = { feed: 'files', slot: hour('2026112209'), records: 1, bytes: 1, missing: [] } as const;
    catalog.takeDays(storedDays(before), catalog.revision);
    changes = [];
    storedChanges = [];
    const after = {
      batches: [stored('202611221003'), stored('202611221004', 9), stored('202611221006')],
      packages: [taken],
    };
    catalog.takeDays(storedDays(after), catalog.revision);
    const named = ['202611221004', '202611221005', '202611221006', '2026112209'];
    assert.deepEqual(
      changes,
      named.map((slot) => `files/${slot}`),
    );
    assert.deepEqual(storedChanges, changes);
    catalog.takeDays(storedDays(after), catalog.revision);
    assert.equal(changes.length, 4);
    catalog.takeDays(
      storedDays({ ...after, packages: [{ ...taken, missing: [ID.slot] }] }),
      catalog.revision,
    );
    assert.deepEqual(changes.slice(4), ['files/2026112209']);
  });

  it('tells of what is stored apart from what only runs or fails', () => {
    catalog.setRunning(ID, 'queued');
    catalog.setRunning(ID, { received: 1, total: 2 });
    catalog.setEnded(ID, new VtFeedsError('offline', 'no network'));
    catalog.setLicence('files', 'licensed');
    assert.equal(changes.length, 4);
    assert.deepEqual(storedChanges, []);
    catalog.setStored(stored('202611221003'));
    assert.deepEqual(storedChanges, ['files/202611221003']);
  });

  it('tells once of each part of a week that comes, and never again of the same', () => {
    const week = weekOfBatches(NOW);
    assert.equal(week.length, 35);
    assert.equal(catalog.takeListing(week, 0).length, 35);
    for (let from = 0; from < week.length; from += 8)
      assert.deepEqual(catalog.takeDays(week.slice(from, from + 8), 0), []);
    assert.deepEqual(changes, Array(5).fill('all'));
    assert.equal(catalog.totals().count, 50_400);
    assert.deepEqual(
      FEEDS.map((feed) => catalog.storedDays(feed).length),
      [7, 7, 7, 7, 7],
    );
    assert.deepEqual(catalog.takeListing(weekOfBatches(NOW), 0), []);
    assert.equal(changes.length, 5);
  });
});
