import { dirname } from 'node:path';
import { temporaryName } from '../common/temporary-name.ts';
import { syncFolder } from './durable-folder.ts';
import type { FileSystem } from './file-system.ts';
import { nodeFileSystem } from './node-file-system.ts';

/**
 * Writes a file so that it is there whole or not at all, also after a power cut. `temporary` is the name it has till
 * then, in the same folder.
 */
export async function writeFileAtomically(
  path: string,
  data: Buffer | string,
  files: FileSystem = nodeFileSystem,
  temporary = temporaryName(path),
): Promise<void> {
  try {
    const file = await files.create(temporary);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await moveIntoPlace(temporary, path, files);
  } catch (error) {
    await files.rm(temporary).catch(() => undefined);
    throw error;
  }
}

/** Gives a finished file, which is on disk, its name in the same folder; one of that name is replaced. */
export async function moveIntoPlace(temporary: string, path: string, files: FileSystem): Promise<void> {
  await files.rename(temporary, path);
  await syncFolder(files, dirname(path));
}
