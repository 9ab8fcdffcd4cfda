import type { FileSystem } from './file-system.ts';
import { INDEX_HEAD_BYTES, parseIndexHead } from './index-header.ts';
import { withFile } from './with-file.ts';

/** What is to be learnt of an index without opening it. */
export interface IndexFacts {
  /** Records of the batch. */
  readonly count: number;
  /** Bytes on disk. */
  readonly size: number;
}

/** Zeros where there is no index, or it cannot be read: it is made anew when the batch is opened. */
export async function readIndexFacts(files: FileSystem, path: string): Promise<IndexFacts> {
  try {
    return await withFile(files, path, async (file) => {
      const head = await file.read(0, INDEX_HEAD_BYTES);
      const { size } = await file.stat();
      return { count: parseIndexHead(head.toString('latin1')) ?? 0, size };
    });
  } catch {
    return { count: 0, size: 0 };
  }
}
