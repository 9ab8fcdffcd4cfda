import { join } from 'node:path';
import { HOUR_MS } from '../feed/slot.ts';
import { fileSource } from './byte-source.ts';
import type { FileSystem } from './file-system.ts';
import { CODECS } from './frame-codec.ts';
import { INDEX_HEAD_BYTES, isNewerIndex } from './index-header.ts';
import { INDEX_EXTENSION, dayFolder, listingPath } from './layout.ts';
import { listDays } from './list-days.ts';

/** Between an index and its batch lies a moment; another window's is let be for longer. */
const ORPHAN_AFTER_MS = HOUR_MS;

/**
 * Removes indexes without a batch, which a window that was killed while it committed has left, and folders in which
 * nothing is left. An index of a newer VS Code may belong to a file this one does not know. Returns how many indexes.
 */
export async function sweepOrphans(files: FileSystem, root: string, now = Date.now()): Promise<number> {
  let removed = 0;
  for (const { feed, day } of await listDays(root)) {
    const folder = dayFolder(root, feed, day);
    const names = new Set(await files.readdir(folder).catch(() => []));
    for (const name of names) {
      if (!name.endsWith(INDEX_EXTENSION) || hasBatch(name, names)) continue;
      const path = join(folder, name);
      if ((await isYoung(files, path, now)) || (await isNewer(files, path))) continue;
      await files.rm(path);
      removed++;
    }
    if (names.size === 0 && !(await isYoung(files, folder, now))) {
      await files.rmdir(folder).catch(() => undefined);
      await files.rm(listingPath(root, feed, day));
    }
  }
  return removed;
}

function hasBatch(index: string, names: ReadonlySet<string>): boolean {
  const stem = index.slice(0, -INDEX_EXTENSION.length);
  return CODECS.some(({ extension }) => names.has(stem + extension));
}

/** Also where that cannot be told: it is then left for another time. */
async function isYoung(files: FileSystem, path: string, now: number): Promise<boolean> {
  const facts = await files.stat(path).catch(() => undefined);
  return facts === undefined || now - facts.mtimeMs < ORPHAN_AFTER_MS;
}

async function isNewer(files: FileSystem, index: string): Promise<boolean> {
  const head = await fileSource(files, index).read(0, INDEX_HEAD_BYTES);
  return isNewerIndex(head.toString('latin1'));
}
