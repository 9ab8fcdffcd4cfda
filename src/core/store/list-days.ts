import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNotFound, onDisk } from '../common/disk-error.ts';
import { FEEDS } from '../feed/feed.ts';
import { parseSlot } from '../feed/slot.ts';
import type { Day } from '../feed/slot.ts';
import { dayFolder } from './layout.ts';
import type { DayId, ListedDay } from './stored-day.ts';

/** The days a store has, newest first; a store that is not there has none. What is in them is not looked at. */
export async function listDays(root: string): Promise<ListedDay[]> {
  const days: ListedDay[] = [];
  for (const feed of FEEDS) {
    for (const day of await daysIn(join(root, feed))) {
      const stamp = await stampOf(root, { feed, day });
      if (stamp !== undefined) days.push({ feed, day, stamp: stamp.text });
    }
  }
  return days.sort((one, other) => Number(other.day) - Number(one.day));
}

/** When the folder of a day last changed, as text and in Unix milliseconds; undefined where it is not there. */
export async function stampOf(
  root: string,
  { feed, day }: DayId,
): Promise<{ readonly text: string; readonly changedAt: number } | undefined> {
  return onDisk(async () => {
    try {
      const { mtimeNs, mtimeMs } = await stat(dayFolder(root, feed, day), { bigint: true });
      return { text: String(mtimeNs), changedAt: Number(mtimeMs) };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
}

async function daysIn(folder: string): Promise<Day[]> {
  return onDisk(async () => {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.flatMap((entry) => (entry.isDirectory() && isDay(entry.name) ? [entry.name] : []));
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  });
}

function isDay(name: string): name is Day {
  return /^\d{8}$/u.test(name) && parseSlot(`${name}00`) !== undefined;
}
