import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HOUR_MS } from '../feed/slot.ts';
import { isNotFound } from '../common/disk-error.ts';
import { TEMPORARY_EXTENSION } from '../common/temporary-name.ts';

/** No download writes to a file for as long without touching it; another window's younger ones are let be. */
const ABANDONED_AFTER_MS = HOUR_MS;

/** Removes abandoned temporary files under `root`, and all of `owner`; returns how many. */
export async function sweepTemporaries(root: string, owner?: string, now = Date.now()): Promise<number> {
  let removed = 0;
  for (const path of await filesUnder(root)) {
    if (!path.endsWith(TEMPORARY_EXTENSION)) continue;
    try {
      const owned = owner !== undefined && basename(path).includes(`.${owner}`);
      if (!owned && now - (await stat(path)).mtimeMs < ABANDONED_AFTER_MS) continue;
      await rm(path, { force: true });
      removed++;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return removed;
}

async function filesUnder(root: string): Promise<string[]> {
  try {
    return (await readdir(root, { recursive: true })).map((name) => join(root, name));
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
