import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Makes a folder, and those above it, so that they are there after a power cut as well. */
export async function makeFolder(files: FileSystem, path: string): Promise<void> {
  const first = await files.mkdir(path);
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made))
    await syncFolder(files, dirname(made));
}

/**
 * Waits until the names in a folder are on disk, where the platform can: Windows opens no folder. By now its files
 * are as they should be, so that nothing fails for it.
 */
export async function syncFolder(files: FileSystem, path: string): Promise<void> {
  await files.syncFolder(path).catch(() => undefined);
}
