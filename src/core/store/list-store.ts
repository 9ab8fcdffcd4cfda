import { open, readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mapLimited } from '../common/map-limited.ts';
import { FEEDS } from '../feed/feed.ts';
import type { Feed } from '../feed/feed.ts';
import { parseJson, numberAt, textsAt } from '../feed/json.ts';
import { isMinute, parseSlot } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import { INDEX_HEAD_BYTES, parseIndexHead } from './batch-index.ts';
import { isNotFound, onDisk } from '../common/disk-error.ts';
import { CODECS } from './frame-codec.ts';
import { INDEX_EXTENSION, MISSING_EXTENSION, PACKAGE_EXTENSION } from './layout.ts';
import type { StoreListing, StoredBatch, StoredPackage } from './stored.ts';

/** Index files open at a time. */
const OPEN_FILES = 32;

/** Walks through a store. Names that are not a store's own are passed over; a store that is not there is empty. */
export async function listStore(root: string): Promise<StoreListing> {
  const days: StoreListing[] = [];
  for (const feed of FEEDS) days.push(...(await listFeed(join(root, feed), feed)));
  return merge(days);
}

async function listFeed(folder: string, feed: Feed): Promise<StoreListing[]> {
  const days: StoreListing[] = [];
  for (const day of (await namesIn(folder)).filter((name) => /^\d{8}$/u.test(name))) {
    days.push(await onDisk(() => listDay(join(folder, day), feed, day)));
  }
  return days;
}

async function listDay(folder: string, feed: Feed, day: string): Promise<StoreListing> {
  const names = await namesIn(folder);
  const slotOf = (name: string, extension: string): Minute | Hour | undefined =>
    name.endsWith(extension) ? parseSlot(day + basename(name, extension)) : undefined;
  const files = names.flatMap((name) =>
    CODECS.flatMap(({ extension }) => {
      const slot = slotOf(name, extension);
      return slot !== undefined && isMinute(slot) ? [{ name, slot, extension }] : [];
    }),
  );
  const batches = await mapLimited(files, OPEN_FILES, ({ name, slot, extension }) =>
    listBatch(folder, name, feed, slot, extension),
  );
  const packages = await Promise.all(
    names.flatMap((name) => {
      const slot = slotOf(name, PACKAGE_EXTENSION);
      return slot !== undefined && !isMinute(slot) ? [readPackage(join(folder, name), feed, slot)] : [];
    }),
  );
  const missing = names.flatMap((name) => {
    const slot = slotOf(name, MISSING_EXTENSION);
    return slot !== undefined && isMinute(slot) ? [{ feed, slot }] : [];
  });
  return {
    batches: batches.flatMap((batch) => batch ?? []),
    missing,
    packages: packages.flatMap((p) => p ?? []),
  };
}

async function listBatch(
  folder: string,
  name: string,
  feed: Feed,
  slot: Minute,
  extension: string,
): Promise<StoredBatch | undefined> {
  const path = join(folder, name);
  try {
    const { size } = await stat(path);
    return { feed, slot, records: await countRecords(path.slice(0, -extension.length)), bytes: size };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Zero where the index is gone; it is made anew when the batch is opened. */
async function countRecords(stem: string): Promise<number> {
  try {
    const file = await open(stem + INDEX_EXTENSION, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(INDEX_HEAD_BYTES), 0, INDEX_HEAD_BYTES, 0);
      return parseIndexHead(buffer.toString('latin1', 0, bytesRead)) ?? 0;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isNotFound(error)) return 0;
    throw error;
  }
}

async function readPackage(path: string, feed: Feed, slot: Hour): Promise<StoredPackage | undefined> {
  const facts = parseJson(await readFile(path, 'utf8').catch(() => ''));
  const records = numberAt(facts, 'records');
  const bytes = numberAt(facts, 'bytes');
  if (records === undefined || bytes === undefined) return undefined;
  const missing = textsAt(facts, 'missing').flatMap((text) => {
    const minute = parseSlot(text);
    return minute !== undefined && isMinute(minute) ? [minute] : [];
  });
  return { feed, slot, records, bytes, missing };
}

async function namesIn(folder: string): Promise<string[]> {
  return onDisk(async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  });
}

function merge(parts: readonly StoreListing[]): StoreListing {
  return {
    batches: parts.flatMap(({ batches }) => batches),
    missing: parts.flatMap(({ missing }) => missing),
    packages: parts.flatMap(({ packages }) => packages),
  };
}
