import assert from 'node:assert/strict';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, hourAt, shiftSlot } from '../../src/core/feed/slot.ts';
import { newestHour, newestMinute } from '../../src/core/feed/window.ts';
import { saveDayListing } from '../../src/core/store/day-listing.ts';
import { dayFolder } from '../../src/core/store/layout.ts';
import { stampOf } from '../../src/core/store/list-days.ts';
import { longestTurn } from '../support/turn-times.ts';
import { weekOfBatches } from '../support/week-of-batches.ts';
import { freshSampleFeeds, linesOf, run, storedMinute, textOf } from './api.ts';

/** The bar of the project. Where only the time on the clock can be had, other processes are in it. */
const BAR_MS = { cpu: 50, wall: 500 } as const;
/** By then the tree, the badge and the documents have been told of the last change. */
const AFTERWARDS_MS = 500;

describe('the extension host with a store of 50,000 batches', function () {
  this.timeout(60_000);
  let batches = '';

  before(async () => {
    await freshSampleFeeds();
    batches = await batchesFolder();
    for (const day of weekOfBatches(Date.now())) {
      const folder = dayFolder(batches, day.feed, day.day);
      await mkdir(folder, { recursive: true });
      await utimes(folder, 1_700_000_000, 1_700_000_000);
      const stamp = await stampOf(batches, day);
      assert.ok(stamp !== undefined);
      await saveDayListing(batches, { ...day, stamp: stamp.text });
    }
  });

  after(async () => {
    await rm(batches, { recursive: true, force: true });
    await run('refresh');
  });

  const twoDaysAgo = hourAt(Date.now() - 2 * DAY_MS);
  const jobs: readonly (readonly [what: string, work: () => Promise<unknown>])[] = [
    ['reads the store', () => run('refresh')],
    ['looks whether the store has changed', () => run('refresh')],
    ['opens a full hour in the tree', () => run('goToTime', { feed: 'files', time: twoDaysAgo })],
    ['downloads a minute', () => storedMinute('file_behaviours', 12)],
    ['opens a minute', async () => run('openBatch', await storedMinute('file_behaviours', 12))],
    ['downloads an hour', () => run('downloadBatch', { feed: 'urls', time: newestHour(Date.now()) })],
    ['downloads a range', downloadTenMinutes],
    ['opens an hour', () => run('openBatch', { feed: 'urls', time: newestHour(Date.now()) })],
  ];
  for (const [what, work] of jobs) {
    it(`has a turn for everyone while it ${what}`, async function () {
      const { ms, measured } = await longestTurn(work, AFTERWARDS_MS);
      const longest = `the longest turn took ${ms.toFixed(1)} ms (${measured})`;
      if (this.test !== undefined) this.test.title += `: ${longest}`;
      assert.ok(ms > 0 && ms <= BAR_MS[measured], longest);
    });
  }

  it('has read all of it', async () => {
    const { status } = await run('downloadBatch', { feed: 'files', time: twoDaysAgo });
    assert.equal(status, 'stored');
  });
});

async function downloadTenMinutes(): Promise<void> {
  const newest = newestMinute(Date.now());
  await run('downloadRange', {
    feed: 'ip_addresses',
    from: shiftSlot(newest, -12),
    to: shiftSlot(newest, -3),
  });
}

/** Where the sample feeds' batches lie, by the path of one of their artifacts. */
async function batchesFolder(): Promise<string> {
  const { feed, time } = await storedMinute('file_behaviours');
  const [first] = linesOf(await textOf((await run('openBatch', { feed, time, rendering: 'full' })).uri));
  const { path } = await run('downloadArtifact', { feed, time, id: first?.id, kind: 'pcap' });
  return join(path, '..', '..', '..', '..', 'batches');
}
