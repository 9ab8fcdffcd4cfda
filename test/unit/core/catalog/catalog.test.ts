import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/core/catalog/catalog.ts';
import { percentOf } from '../../../../src/core/catalog/slot-state.ts';
import { recordsText, sizeText } from '../../../../src/core/catalog/size-text.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { batchKey } from '../../../../src/core/feed/batch-id.ts';
import { minutesOf } from '../../../../src/core/feed/slot.ts';
import type { StoredBatch } from '../../../../src/core/store/stored.ts';
import { hour, minute } from '../../../support/records.ts';
import { storedDays } from '../../../support/stored-days.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const ID = { feed: 'files', slot: minute('202611221003') } as const;
const HOUR = { feed: 'files', slot: hour('2026112210') } as const;

function stored(slot: string, records = 2): StoredBatch {
  return { feed: 'files', slot: minute(slot), records, bytes: records * 100 };
}

/** Shows a catalog all that a store holds now, as the store's keeper does. */
function show(catalog: Catalog, store: Parameters<typeof storedDays>[0]): void {
  const days = storedDays(store);
  const unread = catalog.takeListing(days, catalog.revision);
  const read = days.filter(({ feed, day }) => unread.some((each) => each.feed === feed && each.day === day));
  assert.deepEqual(catalog.takeDays(read, catalog.revision), []);
}

function error(code: ErrorCode): VtFeedsError {
  return new VtFeedsError(code, code);
}

describe('Catalog', () => {
  let catalog: Catalog;
  let changes: string[];
  beforeEach(() => {
    catalog = new Catalog();
    changes = [];
    catalog.onDidChange((id) => changes.push(id === undefined ? 'all' : batchKey(id)));
  });

  it('knows by the clock alone what can be had', () => {
    assert.deepEqual(catalog.stateOf(ID, NOW), { state: 'available' });
    assert.deepEqual(catalog.stateOf(ID, Date.UTC(2026, 10, 22, 11, 2)), {
      state: 'notYet',
      availableAt: Date.UTC(2026, 10, 22, 11, 3),
    });
    assert.deepEqual(catalog.stateOf(ID, NOW + 8 * 86_400_000), { state: 'tooOld' });
  });

  it('follows a download from the queue to the store', () => {
    catalog.setRunning(ID, 'queued');
    assert.deepEqual(catalog.stateOf(ID, NOW), { state: 'queued' });
    assert.equal(catalog.runningCount, 1);
    catalog.setRunning(ID, { received: 5, total: 10 });
    assert.deepEqual(catalog.stateOf(ID, NOW), { state: 'downloading', received: 5, total: 10 });
    assert.equal(catalog.runningCount, 1);
    catalog.setStored(stored('202611221003'));
    assert.deepEqual(catalog.stateOf(ID, NOW), {
      state: 'stored',
      records: 2,
      bytes: 200,
      linksExpired: false,
    });
    assert.equal(catalog.runningCount, 0);
    assert.deepEqual(changes, Array(3).fill('files/202611221003'));
  });

  it('says when the links of a stored batch have ended, to the millisecond', () => {
    catalog.setStored(stored('202611221003'));
    const end = Date.UTC(2026, 10, 29, 10, 3);
    for (const [now, expired] of [
      [end - 1, false],
      [end, true],
    ] as const) {
      const state = catalog.stateOf(ID, now);
      assert.equal(state.state === 'stored' && state.linksExpired, expired);
    }
  });

  const ends: readonly (readonly [code: ErrorCode | undefined, state: string])[] = [
    [undefined, 'available'],
    ['cancelled', 'available'],
    ['missingBatch', 'missing'],
    ['noLicence', 'available'],
    ['notAvailableYet', 'available'],
    ['tooOld', 'available'],
    ['noApiKey', 'available'],
    ['wrongApiKey', 'available'],
    ['offline', 'failed'],
    ['corrupt', 'failed'],
  ];
  for (const [code, state] of ends) {
    it(`shows ${state} after a download ended with ${code ?? 'nothing'}`, () => {
      catalog.setRunning(ID, 'queued');
      catalog.setEnded(ID, code === undefined ? undefined : error(code));
      assert.equal(catalog.stateOf(ID, NOW).state, state);
      assert.equal(catalog.runningCount, 0);
      assert.equal(catalog.licenceOf('files'), code === 'noLicence' ? 'unlicensed' : 'unknown');
      assert.deepEqual(changes, ['files/202611221003', code === 'noLicence' ? 'all' : 'files/202611221003']);
    });
  }

  it('does not call an hour missing: its minutes may be there', () => {
    catalog.setEnded(HOUR, error('missingBatch'));
    assert.equal(catalog.stateOf(HOUR, NOW).state, 'failed');
  });

  it('forgets a failure when it is tried again', () => {
    catalog.setEnded(ID, error('offline'));
    catalog.setRunning(ID, 'queued');
    catalog.setEnded(ID, error('cancelled'));
    assert.equal(catalog.stateOf(ID, NOW).state, 'available');
  });

  it('forgets that a minute was missing when it is stored', () => {
    catalog.setEnded(ID, error('missingBatch'));
    catalog.setStored(stored('202611221003'));
    assert.equal(catalog.stateOf(ID, NOW).state, 'stored');
  });

  it('tells an hour from its minutes', () => {
    catalog.setStored(stored('202611221003', 2));
    catalog.setStored(stored('202611221059', 3));
    catalog.setStored(stored('202611221100', 9));
    assert.equal(catalog.stateOf(HOUR, NOW).state, 'available');
    assert.deepEqual(
      catalog.storedMinutes('files', HOUR.slot).map(({ slot }) => slot),
      ['202611221003', '202611221059'],
    );
    show(catalog, {
      batches: [stored('202611221003', 2), stored('202611221059', 3)],
      packages: [{ ...HOUR, records: 5, bytes: 500, missing: [] }],
    });
    assert.deepEqual(catalog.stateOf(HOUR, NOW), {
      state: 'stored',
      records: 5,
      bytes: 500,
      linksExpired: false,
    });
  });

  it('takes an hour as whole when each of its minutes is stored or known to be missing', () => {
    const listing = (known: number): Parameters<typeof storedDays>[0] => ({
      batches: minutesOf(HOUR.slot)
        .slice(0, 58)
        .map((slot) => stored(slot, 1)),
      missing: minutesOf(HOUR.slot)
        .slice(58, 58 + known)
        .map((slot) => ({ feed: 'files', slot })),
    });
    show(catalog, listing(1));
    assert.equal(catalog.stateOf(HOUR, NOW).state, 'available');
    show(catalog, listing(2));
    const state = catalog.stateOf(HOUR, NOW);
    assert.ok(state.state === 'stored' && state.records === 58);
  });

  it('believes a batch over a mark that says it is missing', () => {
    show(catalog, { batches: [stored('202611221003')], missing: [ID] });
    assert.equal(catalog.stateOf(ID, NOW).state, 'stored');
  });

  it('grows its revision with what a listing under way cannot know of', () => {
    const revisions = [catalog.revision];
    catalog.setRunning(ID, 'queued');
    assert.equal(catalog.revision, revisions[0]);
    for (const change of [
      () => {
        catalog.setStored(stored('202611221003'));
      },
      () => {
        catalog.setEnded(ID, error('missingBatch'));
      },
      () => {
        catalog.reset();
      },
    ]) {
      change();
      revisions.push(catalog.revision);
    }
    assert.deepEqual([...new Set(revisions)], revisions);
  });

  it('takes over a listing, tells of it once, and keeps feeds apart', () => {
    const listing = {
      batches: [stored('202611221003')],
      missing: [{ feed: 'urls', slot: ID.slot }],
    } as const;
    show(catalog, listing);
    show(catalog, { ...listing });
    assert.deepEqual(changes, ['files/202611221003', 'urls/202611221003']);
    assert.equal(catalog.storedBatch(ID)?.records, 2);
    assert.equal(catalog.storedBatch({ ...ID, feed: 'urls' }), undefined);
    assert.equal(catalog.stateOf({ ...ID, feed: 'urls' }, NOW).state, 'missing');
    assert.deepEqual([catalog.storedDays('files'), catalog.storedDays('urls')], [['20261122'], []]);
    show(catalog, {});
    assert.equal(catalog.storedBatch(ID), undefined);
    assert.deepEqual(changes.slice(2), ['all']);
  });

  it('takes the listing’s word over its own: what another window deleted is gone', () => {
    show(catalog, {});
    catalog.setStored(stored('202611221003'));
    catalog.setEnded({ ...ID, feed: 'urls' }, error('missingBatch'));
    show(catalog, {});
    assert.equal(catalog.stateOf(ID, NOW).state, 'available');
    catalog.setEnded({ ...ID, feed: 'urls' }, error('missingBatch'));
    show(catalog, {});
    assert.equal(catalog.stateOf({ ...ID, feed: 'urls' }, NOW).state, 'available');
  });

  it('keeps what runs while the listing changes', () => {
    catalog.setRunning(ID, { received: 1, total: undefined });
    show(catalog, { batches: [stored('202611221004')] });
    assert.equal(catalog.stateOf(ID, NOW).state, 'downloading');
  });

  it('keeps licences over listings, and tells of a change only', () => {
    catalog.setLicence('urls', 'unlicensed');
    catalog.setLicence('urls', 'unlicensed');
    show(catalog, {});
    assert.equal(catalog.licenceOf('urls'), 'unlicensed');
    assert.deepEqual(changes, ['all']);
  });

  it('forgets everything when it is reset, and always tells', () => {
    show(catalog, {});
    catalog.setLicence('urls', 'unlicensed');
    catalog.setEnded(ID, error('offline'));
    changes = [];
    catalog.reset();
    assert.equal(catalog.licenceOf('urls'), 'unknown');
    assert.equal(catalog.stateOf(ID, NOW).state, 'available');
    catalog.setLicence('urls', 'unlicensed');
    catalog.reset();
    assert.deepEqual(changes, ['all', 'all', 'all']);
  });
});

describe('percentOf', () => {
  it('is whole percents, never more than a hundred, and unknown without a length', () => {
    const percents = [
      [0, 10],
      [999, 1000],
      [1000, 1000],
      [2000, 1000],
      [5, undefined],
      [0, 0],
    ] as const;
    assert.deepEqual(
      percents.map(([received, total]) => percentOf({ received, total })),
      [0, 99, 100, 100, undefined, undefined],
    );
  });
});

describe('texts of sizes', () => {
  const sizes: readonly (readonly [bytes: number, text: string])[] = [
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [9949, '9.9 KB'],
    [9950, '10 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [12_500_000, '13 MB'],
    [1_000_000_000, '1.0 GB'],
    [5e15, '5000 TB'],
  ];
  for (const [bytes, text] of sizes) {
    it(`writes ${String(bytes)} as ${text}`, () => {
      assert.equal(sizeText(bytes), text);
    });
  }

  it('counts records in words', () => {
    assert.deepEqual([0, 1, 2, 1234].map(recordsText), [
      '0 records',
      '1 record',
      '2 records',
      '1,234 records',
    ]);
  });
});
