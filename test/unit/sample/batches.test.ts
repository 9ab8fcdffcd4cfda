import assert from 'node:assert/strict';
import { FEEDS } from '../../../src/core/feed/feed.ts';
import {
  DAY_MS,
  MINUTE_MS,
  hourAt,
  minuteAt,
  minutesOf,
  shiftSlot,
  startOf,
} from '../../../src/core/feed/slot.ts';
import type { Hour, Minute } from '../../../src/core/feed/slot.ts';
import { batchText } from '../../../src/sample/batches/batch-text.ts';
import { ByteCache } from '../../../src/sample/batches/byte-cache.ts';
import { isMissing, plantedGap } from '../../../src/sample/batches/missing-minutes.ts';
import { Packages } from '../../../src/sample/batches/packages.ts';
import { tarPadding } from '../../../src/sample/batches/tar-header.ts';
import { decompress, untar } from './decompress.ts';

const NOW = Date.UTC(2026, 10, 22, 10);
const WORLD = { seed: 1, recordsPerMinute: 2 };

describe('missing minutes', () => {
  const week = Array.from({ length: (7 * DAY_MS) / MINUTE_MS }, (_, at) =>
    minuteAt(NOW - 7 * DAY_MS + at * MINUTE_MS),
  );

  for (const feed of FEEDS) {
    it(`${feed}: about one in sixty, two in a row only where they were planted`, () => {
      const gap = new Set(
        week.flatMap((minute) => (minute.endsWith('0000') ? plantedGap(1, startOf(minute)) : [])),
      );
      const missing = week.filter((minute) => isMissing(1, feed, minute) && !gap.has(minute));
      assert.ok(
        missing.length > week.length / 90 && missing.length < week.length / 45,
        String(missing.length),
      );
      for (const minute of missing) assert.ok(!isMissing(1, feed, shiftSlot(minute, 1)));
    });
  }

  it('one place in the last three days has five in a row, whatever the time and the seed', () => {
    for (let hours = 0; hours < 24 * 8; hours += 5) {
      const now = NOW + hours * 60 * MINUTE_MS;
      for (const seed of [1, 2, 77]) {
        const gap = plantedGap(seed, now);
        const first = gap[0] ?? ('' as Minute);
        assert.ok(startOf(first) <= now && startOf(first) > now - 3 * DAY_MS);
        assert.equal(gap.length, 5);
        for (const feed of FEEDS) for (const minute of gap) assert.ok(isMissing(seed, feed, minute));
        assert.ok(!isMissing(seed, 'files', shiftSlot(first, -1)));
        assert.ok(!isMissing(seed, 'files', shiftSlot(first, 5)));
      }
    }
  });
});

describe('packages', () => {
  it('a minute is the bzip2 of its lines, byte for byte the same each time', async () => {
    const [one, other] = [new Packages(WORLD), new Packages(WORLD)];
    const minute = minuteAt(NOW);
    const packed = one.minute('files', minute);
    assert.ok(packed.equals(other.minute('files', minute)));
    assert.ok((await decompress(packed)).equals(batchText(WORLD, 'files', minute)));
  });

  it('an hour is a tar.bz2 of its minutes, without the missing ones', async () => {
    const hour = hourWithMissing();
    const packed = await collect(new Packages(WORLD).hour('urls', hour));
    const members = await untar(await decompress(packed));
    const expected = minutesOf(hour).filter((minute) => !isMissing(1, 'urls', minute));
    assert.ok(expected.length < 60);
    assert.deepEqual(
      [...members.keys()],
      expected.map((minute) => `${minute}.txt`),
    );
    for (const minute of expected) {
      assert.ok(members.get(`${minute}.txt`)?.equals(batchText(WORLD, 'urls', minute)));
    }
    assert.ok(packed.equals(await collect(new Packages(WORLD).hour('urls', hour))));
  });

  it('an hour begins before it is all made', async () => {
    const pieces = new Packages(WORLD).hour('urls', hourAt(NOW));
    const { value } = await pieces.next();
    assert.equal(value?.toString('latin1', 0, 3), 'BZh');
    await pieces.return();
  });
});

describe('tarPadding', () => {
  it('fills up to a whole block, and nothing where there is one', () => {
    assert.deepEqual(
      [0, 1, 511, 512, 513].map((size) => tarPadding(size).length),
      [0, 511, 1, 0, 511],
    );
  });
});

describe('ByteCache', () => {
  it('keeps what was used last, within its size', () => {
    const cache = new ByteCache(100);
    const made: string[] = [];
    const get = (key: string, bytes = 40): Buffer =>
      cache.get(key, () => {
        made.push(key);
        return Buffer.alloc(bytes);
      });
    get('a');
    get('b');
    get('a');
    get('c');
    get('a');
    get('b');
    assert.deepEqual(made, ['a', 'b', 'c', 'b']);
  });

  it('gives what is larger than itself, too', () => {
    assert.equal(new ByteCache(10).get('big', () => Buffer.alloc(50)).length, 50);
  });
});

/** The first hour of the day with a minute missing in the urls feed. */
function hourWithMissing(): Hour {
  let hour = hourAt(NOW);
  while (!minutesOf(hour).some((minute) => isMissing(1, 'urls', minute))) hour = shiftSlot(hour, -1);
  return hour;
}

async function collect(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
