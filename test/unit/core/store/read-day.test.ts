import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { minuteOfDay } from '../../../../src/core/feed/day-minutes.ts';
import { dayOf } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { CODECS } from '../../../../src/core/store/frame-codec.ts';
import { dayFolder, indexPath, listingPath, minuteStem } from '../../../../src/core/store/layout.ts';
import { listDays } from '../../../../src/core/store/list-days.ts';
import { readDay } from '../../../../src/core/store/read-day.ts';
import { NONE_GENERATED, NO_BATCH, emptyDay } from '../../../../src/core/store/stored-day.ts';
import type { StoredDay } from '../../../../src/core/store/stored-day.ts';
import { hour, minute } from '../../../support/records.ts';
import { storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID = { feed: 'files', slot: minute('202611221003') } as const;
const DAY = { feed: 'files', day: dayOf(ID.slot) } as const;
const AT = minuteOfDay(ID.slot);

describe('the days of a store', () => {
  const folder = useTempFolder();
  const lines = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `{"id":"${String(at)}"}`);
  const listing = (): string => listingPath(folder(), DAY.feed, DAY.day);
  /** Lets the day's folder look as if nothing had changed in it for a while. */
  const settle = async (seconds = 60): Promise<void> => {
    const time = Date.now() / 1000 - seconds;
    await utimes(dayFolder(folder(), DAY.feed, DAY.day), time, time);
  };
  /** A settled day with one batch of three records. */
  const settledDay = async (): Promise<StoredDay> => {
    await storeLines(new BatchStore(folder()), ID, lines(3));
    await settle();
    return readDay(folder(), DAY);
  };

  it('hold records and sizes of every minute, the minutes known to be missing, and the packages', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, ID, lines(3));
    await storeLines(store, { ...ID, slot: minute('202611222359') }, lines(1));
    await store.markMissing({ ...ID, slot: minute('202611220000') });
    const taken = {
      feed: 'files',
      slot: hour('2026112210'),
      records: 9,
      bytes: 99,
      missing: [ID.slot],
    } as const;
    await store.markPackage(taken);
    const { records, bytes, packages } = await readDay(folder(), DAY);
    const known = [...records.entries()].filter(([, count]) => count !== NO_BATCH);
    assert.deepEqual(known, [
      [0, NONE_GENERATED],
      [AT, 3],
      [1439, 1],
    ]);
    assert.equal(bytes[AT], (await store.find(ID))?.bytes);
    assert.equal(bytes[0], 0);
    assert.deepEqual(packages, [taken]);
  });

  it('are named newest first, with another stamp after every change', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, { feed: 'urls', slot: minute('202611211003') }, lines(1));
    await storeLines(store, ID, lines(1));
    await mkdir(join(folder(), 'files', '20260230'), { recursive: true });
    await writeFile(join(folder(), 'files', '20261123'), 'a file is no day');
    const before = await listDays(folder());
    assert.deepEqual(
      before.map(({ feed, day }) => `${feed}/${day}`),
      ['files/20261122', 'urls/20261121'],
    );
    await settle();
    const settled = await listDays(folder());
    assert.notEqual(settled[0]?.stamp, before[0]?.stamp);
    await store.delete(ID);
    const after = await listDays(folder());
    assert.notEqual(after[0]?.stamp, settled[0]?.stamp);
    assert.equal(after[1]?.stamp, before[1]?.stamp);
  });

  it('are empty where there is no folder', async () => {
    assert.deepEqual(await listDays(join(folder(), 'nowhere')), []);
    assert.deepEqual(await readDay(folder(), DAY), emptyDay(DAY));
  });

  it('pass over names that are not a minute’s or an hour’s own', async () => {
    const names = [
      '2460.jsonl.zst',
      '1060.missing',
      '10.jsonl.zst',
      '1003.package.json',
      '24.package.json',
      '11.package.json',
    ];
    const day = dayFolder(folder(), DAY.feed, DAY.day);
    await mkdir(day, { recursive: true });
    for (const name of [...names, '1003.jsonl.zst.a1b2.tmp', 'x.missing', '1003.jsonl', '.jsonl.zst'])
      await writeFile(join(day, name), 'x');
    const { records, packages } = await readDay(folder(), DAY);
    assert.deepEqual([...new Set(records)], [NO_BATCH]);
    assert.deepEqual(packages, []);
  });

  it('believe a batch over a mark that says it is missing', async () => {
    const store = new BatchStore(folder());
    await storeLines(store, ID, lines(2));
    await store.markMissing(ID);
    assert.equal((await readDay(folder(), DAY)).records[AT], 2);
  });

  it('count of a minute that is there twice the file that would be opened', async () => {
    const stem = minuteStem(folder(), ID);
    await mkdir(dirname(stem), { recursive: true });
    const sizes = CODECS.map((_, at) => 10 + at);
    for (const [at, { extension }] of CODECS.entries())
      await writeFile(stem + extension, Buffer.alloc(sizes[at] ?? 0));
    assert.equal((await new BatchStore(folder()).find(ID))?.bytes, sizes[0]);
    assert.equal((await readDay(folder(), DAY)).bytes[AT], sizes[0]);
  });

  it('are read from the listing beside a folder that has not changed since', async () => {
    const read = await settledDay();
    const text = await readFile(listing(), 'utf8');
    await writeFile(listing(), text.replace(/(?<=\[|,)3(?=,|\])/u, '77'));
    const again = await readDay(folder(), DAY);
    assert.equal(again.records[AT], 77);
    assert.equal(again.stamp, read.stamp);
  });

  it('are the same from their folder and from the listing', async () => {
    const store = new BatchStore(folder());
    await store.markPackage({
      feed: 'files',
      slot: hour('2026112209'),
      records: 1,
      bytes: 2,
      missing: [minute('202611220901')],
    });
    await store.markMissing({ ...ID, slot: minute('202611220901') });
    const read = await settledDay();
    assert.deepEqual(await readDay(folder(), DAY), read);
    assert.equal(read.packages.length, 1);
  });

  it('are looked at anew as soon as their folder has changed', async () => {
    const { stamp } = await settledDay();
    await storeLines(new BatchStore(folder()), { ...ID, slot: minute('202611221004') }, lines(2));
    const changed = await readDay(folder(), DAY);
    assert.deepEqual([changed.records[AT], changed.records[AT + 1]], [3, 2]);
    assert.notEqual(changed.stamp, stamp);
  });

  it('have no stamp, and no listing, while their folder may change again under the same time', async () => {
    await storeLines(new BatchStore(folder()), ID, lines(3));
    await settle(-1);
    assert.equal((await readDay(folder(), DAY)).stamp, '');
    assert.ok(!(await filesUnder(folder())).some((name) => name.includes('listing')));
  });

  const damages: readonly (readonly [what: string, damage: (text: string) => string])[] = [
    ['empty', () => ''],
    ['cut short', (text) => text.slice(0, -5)],
    ['no listing', () => '[]'],
    ['null', () => 'null'],
    ['without its numbers', (text) => text.replace('"records":[', '"records":[],"x":[')],
    ['short of a minute', (text) => text.replace('"bytes":[0,', '"bytes":[')],
    ['with a text for a number', (text) => text.replace('"records":[-1', '"records":["1"')],
    ['with a fraction', (text) => text.replace('"records":[-1', '"records":[0.5')],
    ['with a size below nothing', (text) => text.replace('"bytes":[0', '"bytes":[-1')],
  ];
  for (const [what, damage] of damages) {
    it(`are read from their folder where the listing is ${what}`, async () => {
      const read = await settledDay();
      const text = await readFile(listing(), 'utf8');
      assert.notEqual(damage(text), text);
      await writeFile(listing(), damage(text));
      assert.deepEqual(await readDay(folder(), DAY), read);
      assert.equal(await readFile(listing(), 'utf8'), text);
    });
  }

  it('are read all the same where their listing cannot be written', async () => {
    await mkdir(join(listing(), 'in the way'), { recursive: true });
    assert.equal((await settledDay()).records[AT], 3);
  });

  it('count no records of a batch whose index is gone', async () => {
    await storeLines(new BatchStore(folder()), ID, lines(3));
    await rm(indexPath(folder(), ID));
    const { records, bytes } = await readDay(folder(), DAY);
    assert.equal(records[AT], 0);
    assert.ok((bytes[AT] ?? 0) > 0);
  });

  it('leave the folder of the day as it is', async () => {
    await settledDay();
    const path = dayFolder(folder(), DAY.feed, DAY.day);
    const before = await stat(path);
    await rm(listing());
    await readDay(folder(), DAY);
    assert.equal((await stat(path)).mtimeMs, before.mtimeMs);
    assert.equal(dirname(listing()), dirname(path));
  });
});
