import type { FileSystem, ReadableFile } from './file-system.ts';

/** Opens a file, lends it out, and closes it whatever happens. */
export async function withFile<T>(
  files: FileSystem,
  path: string,
  use: (file: ReadableFile) => Promise<T>,
): Promise<T> {
  const file = await files.openRead(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
