import type { BatchReader } from './batch-reader.ts';
import type { FileFacts } from './file-system.ts';

/** An hour's worth of minutes would be 60; a person goes to and fro between a few. */
const MAX_READERS = 8;

interface Entry {
  readonly identity: string;
  readonly reader: Promise<BatchReader>;
}

/**
 * The readers used last, so that the next record of a batch costs no opening. A reader holds memory but nothing open;
 * one cache serves all stores of a thread, and goes with it.
 */
export class ReaderCache {
  /** By path, the one used last at the end. */
  private readonly entries = new Map<string, Entry>();

  /**
   * The reader of the batch file at `path`, which `open` makes where none is kept of the file that is there now, as
   * `facts` describe it. Several that ask at once get the same.
   */
  get(path: string, facts: FileFacts, open: () => Promise<BatchReader>): Promise<BatchReader> {
    const identity = [facts.ino, facts.size, facts.mtimeMs].join('/');
    const known = this.entries.get(path);
    const entry = known?.identity === identity ? known : { identity, reader: open() };
    this.entries.delete(path);
    this.entries.set(path, entry);
    entry.reader.catch(() => {
      if (this.entries.get(path) === entry) this.entries.delete(path);
    });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MAX_READERS) break;
      this.entries.delete(oldest);
    }
    return entry.reader;
  }
}
