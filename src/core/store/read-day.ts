import { closeSync, fstatSync, openSync, readSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isNotFound, onDisk } from '../common/disk-error.ts';
import { minuteAtIndex } from '../feed/day-minutes.ts';
import { parseJson } from '../feed/json.ts';
import type { Hour } from '../feed/slot.ts';
import type { IndexFacts } from './index-facts.ts';
import { INDEX_HEAD_BYTES, parseIndexHead } from './index-header.ts';
import { loadDayListing, saveDayListing } from './day-listing.ts';
import { CODECS } from './frame-codec.ts';
import { INDEX_EXTENSION, MISSING_EXTENSION, PACKAGE_EXTENSION, dayFolder } from './layout.ts';
import { stampOf } from './list-days.ts';
import { packageOfFacts } from './package-facts.ts';
import { NONE_GENERATED, emptyDay } from './stored-day.ts';
import type { DayId, StoredDay } from './stored-day.ts';

/** The coarsest clock of a file system: a folder changed within it may change again under the same time. */
const CLOCK_MS = 2000;

/**
 * Looks up what a day's folder holds, or takes it from the listing kept beside it where the folder has not changed
 * since. Names that are not a store's own are passed over; a day that is not there is empty.
 */
export async function readDay(root: string, id: DayId): Promise<StoredDay> {
  const stamp = await stampOf(root, id);
  if (stamp === undefined) return emptyDay(id);
  const kept = await loadDayListing(root, id, stamp.text);
  if (kept !== undefined) return kept;
  const isSettled = Date.now() - stamp.changedAt > CLOCK_MS;
  const day = await onDisk(() => readFolder(root, id, isSettled ? stamp.text : ''));
  if (isSettled) await saveDayListing(root, day);
  return day;
}

/**
 * Files are asked one after the other without leaving the thread: for small ones that is four times as fast as by
 * promises (measured), and a day is over in tens of milliseconds.
 */
async function readFolder(root: string, id: DayId, stamp: string): Promise<StoredDay> {
  const folder = dayFolder(root, id.feed, id.day);
  const names = await namesIn(folder);
  const day = emptyDay(id);
  for (const minute of indexesOf(names, MISSING_EXTENSION, 'minute')) day.records[minute] = NONE_GENERATED;
  // The codec that is looked for first when a batch is opened comes last here.
  for (const { extension } of [...CODECS].reverse()) {
    for (const minute of indexesOf(names, extension, 'minute')) {
      const stem = join(folder, minuteAtIndex(id.day, minute).slice(8));
      const file = statSync(stem + extension, { throwIfNoEntry: false });
      if (file === undefined) continue;
      const index = indexFacts(stem + INDEX_EXTENSION);
      day.records[minute] = index.count;
      day.bytes[minute] = file.size + index.size;
    }
  }
  const packages = indexesOf(names, PACKAGE_EXTENSION, 'hour').flatMap((hour) => {
    const slot = minuteAtIndex(id.day, hour * 60).slice(0, 10) as Hour;
    const text = textIn(join(folder, slot.slice(8) + PACKAGE_EXTENSION));
    return packageOfFacts(id.feed, slot, parseJson(text)) ?? [];
  });
  return { ...day, stamp, packages };
}

/** The minutes or hours of the day for which there is a file with this ending. */
function indexesOf(names: readonly string[], extension: string, slots: 'minute' | 'hour'): number[] {
  const digits = slots === 'minute' ? 4 : 2;
  return names.flatMap((name) => {
    if (name.length !== digits + extension.length || !name.endsWith(extension)) return [];
    const [, hour, minute = '0'] = /^([01]\d|2[0-3])([0-5]\d)?\./u.exec(name) ?? [];
    if (hour === undefined) return [];
    return [slots === 'hour' ? Number(hour) : Number(hour) * 60 + Number(minute)];
  });
}

/** Zeros where the index is gone; it is made anew when the batch is opened. */
function indexFacts(path: string): IndexFacts {
  let file;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (isNotFound(error)) return { count: 0, size: 0 };
    throw error;
  }
  try {
    const head = Buffer.alloc(INDEX_HEAD_BYTES);
    const text = head.toString('latin1', 0, readSync(file, head, 0, INDEX_HEAD_BYTES, 0));
    return { count: parseIndexHead(text) ?? 0, size: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
}

/** Empty where the file cannot be read: what it says is then not known. */
function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
