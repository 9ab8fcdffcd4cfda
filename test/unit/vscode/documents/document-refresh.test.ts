import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { batchKey } from '../../../../src/core/feed/batch-id.ts';
import { hourOf, minutesOf } from '../../../../src/core/feed/slot.ts';
import { DocumentRefresh } from '../../../../src/vscode/documents/document-refresh.ts';
import { hour, minute } from '../../../support/records.ts';

const HOUR = { feed: 'files', slot: hour('2026112210') } as const;
const MINUTES = minutesOf(HOUR.slot).map((slot) => ({ feed: 'files', slot }) as const);

describe('DocumentRefresh', () => {
  let refreshed: string[];
  let coming: boolean;
  let documents: DocumentRefresh;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    refreshed = [];
    coming = false;
    documents = new DocumentRefresh(
      (batch) => refreshed.push(batch === undefined ? 'all' : batchKey(batch)),
      ({ slot }) => coming && slot === HOUR.slot,
      1000,
    );
  });
  afterEach(() => {
    documents.dispose();
    mock.timers.reset();
  });

  const hourly = (): number => refreshed.filter((key) => key === batchKey(HOUR)).length;

  it('refreshes a minute and its hour at once', () => {
    const [first] = MINUTES;
    documents.change(first);
    assert.deepEqual(refreshed, ['files/202611221000', 'files/2026112210']);
    mock.timers.tick(10_000);
    assert.equal(refreshed.length, 2);
  });

  it('refreshes each minute that comes, and its hour now and then', () => {
    for (const id of MINUTES) {
      documents.change(id);
      mock.timers.tick(100);
    }
    mock.timers.tick(2000);
    assert.equal(refreshed.length - hourly(), 60);
    assert.equal(hourly(), 7);
    mock.timers.tick(10_000);
    assert.equal(hourly(), 7);
  });

  it('waits with an hour whose package is coming for its end', () => {
    coming = true;
    for (const id of MINUTES) documents.change(id);
    mock.timers.tick(5000);
    assert.equal(hourly(), 0);
    coming = false;
    documents.change(HOUR);
    assert.equal(hourly(), 1);
    mock.timers.tick(5000);
    assert.equal(hourly(), 1);
  });

  it('shows the minutes of an hour whose package failed', () => {
    coming = true;
    documents.change(MINUTES[0]);
    mock.timers.tick(5000);
    coming = false;
    mock.timers.tick(1000);
    assert.equal(hourly(), 1);
  });

  it('keeps hours apart', () => {
    coming = true;
    const other = { feed: 'files', slot: minute('202611221100') } as const;
    documents.change(MINUTES[0]);
    documents.change(other);
    mock.timers.tick(1000);
    assert.equal(hourly(), 0);
    assert.ok(refreshed.includes(batchKey({ feed: 'files', slot: hourOf(other.slot) })));
  });

  it('has nothing left to do when everything was refreshed', () => {
    coming = true;
    documents.change(MINUTES[0]);
    documents.change();
    coming = false;
    mock.timers.tick(10_000);
    assert.deepEqual(refreshed.slice(1), ['all']);
  });
});
