import { diskError, isNotFound } from '../common/disk-error.ts';
import type { FileSystem } from './file-system.ts';

/**
 * Notes that a batch is used, as the time of its index: the batch file itself stays as it was committed, and no mount
 * option and no other program's reading has a say in it. An index that is not there means that it is not noted.
 */
export async function recordUse(files: FileSystem, index: string): Promise<void> {
  await files.touch(index, Date.now()).catch(() => undefined);
}

/**
 * When a batch was used last, Unix milliseconds: by the first of its files that is there, its index before all. 0 where
 * none is.
 */
export async function lastUse(files: FileSystem, paths: readonly string[]): Promise<number> {
  for (const path of paths) {
    try {
      return (await files.stat(path)).mtimeMs;
    } catch (error) {
      if (!isNotFound(error)) throw diskError(error);
    }
  }
  return 0;
}
