import type { FileSystem } from './file-system.ts';
import { withFile } from './with-file.ts';

/** Bytes that are read piece by piece: an index on disk, or one in memory. */
export interface ByteSource {
  /** The `size` bytes at `at`; fewer where they end before. */
  read(at: number, size: number): Promise<Buffer>;
}

/** A file, open only while it is read. */
export function fileSource(files: FileSystem, path: string): ByteSource {
  return { read: (at, size) => withFile(files, path, (file) => file.read(at, size)) };
}

export function memorySource(bytes: Buffer): ByteSource {
  return { read: (at, size) => Promise.resolve(bytes.subarray(at, at + size)) };
}
