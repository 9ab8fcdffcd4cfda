import { closeSync, fstatSync, openSync, readSync, utimesSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import type { FileSystem, ReadableFile } from './file-system.ts';
import { renamePatiently } from './patient-rename.ts';

/** The disk. It has no state: every part of the store may have it. */
export const nodeFileSystem: FileSystem = {
  openRead: inPlace((path: string) => readableFile(openSync(path, 'r'))),
  create: (path) => open(path, 'wx', 0o600),
  mkdir: (path) => mkdir(path, { recursive: true, mode: 0o700 }),
  readdir: (path) => readdir(path),
  rename: (from, to) => renamePatiently(rename, from, to),
  rm: (path) => rm(path, { force: true }),
  rmdir: (path) => rmdir(path),
  stat: (path) => stat(path),
  touch: inPlace((path: string, time: number) => {
    utimesSync(path, time / 1000, time / 1000);
  }),
  async syncFolder(path) {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  },
};

function readableFile(file: number): ReadableFile {
  return {
    read: inPlace((at: number, size: number) => readFully(file, at, size)),
    stat: inPlace(() => fstatSync(file)),
    close: inPlace(() => {
      closeSync(file);
    }),
  };
}

function readFully(file: number, at: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(file, bytes, filled, size - filled, at + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

/**
 * Does a short operation in the calling thread. Handing it to another takes longer than the operation (measured: a
 * record's read a tenth of a millisecond, and many times that on a busy machine), and the store lives in workers.
 */
function inPlace<A extends readonly unknown[], R>(operation: (...args: A) => R): (...args: A) => Promise<R> {
  // eslint-disable-next-line @typescript-eslint/require-await -- async turns what is thrown into a rejection
  return async (...args) => operation(...args);
}
