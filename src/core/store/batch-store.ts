import { dirname } from 'node:path';
import { diskError, isNotFound, onDisk } from '../common/disk-error.ts';
import { temporaryName } from '../common/temporary-name.ts';
import type { Feed } from '../feed/feed.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { hourOf } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { BatchFile } from './batch-file.ts';
import { BatchReader } from './batch-reader.ts';
import { BatchWriter } from './batch-writer.ts';
import { makeFolder } from './durable-folder.ts';
import { Eviction } from './eviction.ts';
import type { FileFacts, FileSystem } from './file-system.ts';
import { CODECS, preferredCodec } from './frame-codec.ts';
import type { FrameCodec } from './frame-codec.ts';
import { readIndexFacts } from './index-facts.ts';
import { IndexLoader } from './index-loader.ts';
import { batchPath, indexPath, listingPath, minuteStem, missingPath, packagePath } from './layout.ts';
import { listDays } from './list-days.ts';
import { listStore } from './list-store.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { ReaderCache } from './reader-cache.ts';
import { recordUse } from './last-use.ts';
import { notStored } from './store-errors.ts';
import type { StoreListing, StoredBatch, StoredPackage } from './stored.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import { sweepTemporaries } from './sweep.ts';
import { withFile } from './with-file.ts';

/** What a store may be given; else it writes with the codec this Node.js prefers, to the disk, with a cache of its own. */
export interface BatchStoreParts {
  readonly codec?: FrameCodec;
  readonly files?: FileSystem;
  readonly readers?: ReaderCache;
}

/** A committed batch file. */
interface FoundFile {
  readonly path: string;
  readonly codec: FrameCodec;
  readonly facts: FileFacts;
}

/** Batches on disk, under one folder. Batch files never change once they are there; two windows may share it. */
export class BatchStore {
  private readonly codec: FrameCodec;
  private readonly files: FileSystem;
  private readonly readers: ReaderCache;

  /** `owner` marks the temporary files made here, for {@link sweep}. */
  constructor(
    readonly root: string,
    readonly owner = '',
    parts: BatchStoreParts = {},
  ) {
    this.codec = parts.codec ?? preferredCodec();
    this.files = parts.files ?? nodeFileSystem;
    this.readers = parts.readers ?? new ReaderCache();
  }

  list(): Promise<StoreListing> {
    return listStore(this.root);
  }

  /** The batch as it is on disk, or undefined when it is not in the store. Records are 0 where the index is gone. */
  async find(id: BatchId<Minute>): Promise<StoredBatch | undefined> {
    const file = await this.locate(id);
    if (file === undefined) return undefined;
    const index = await readIndexFacts(this.files, indexPath(this.root, id));
    return { feed: id.feed, slot: id.slot, records: index.count, bytes: file.facts.size + index.size };
  }

  /** Starts writing a batch; nothing of it is visible before `commit`. It takes the place of one that is there. */
  async create(id: BatchId<Minute>): Promise<BatchWriter> {
    const codec = (await this.locate(id))?.codec ?? this.codec;
    const stem = minuteStem(this.root, id);
    const index = indexPath(this.root, id);
    const paths = {
      batch: batchPath(this.root, id, codec),
      temporary: temporaryName(stem, this.owner),
      index,
      temporaryIndex: temporaryName(index, this.owner),
    };
    await onDisk(() => makeFolder(this.files, dirname(stem)));
    return BatchWriter.create(paths, codec, this.files);
  }

  /**
   * Opens a batch for reading; an index that is gone or damaged is made anew. Fails with `notStored`, or with `corrupt`
   * where the file is not whole.
   */
  async open(id: BatchId<Minute>): Promise<BatchReader> {
    const found = await this.locate(id);
    if (found === undefined) throw notStored(id);
    const index = indexPath(this.root, id);
    const reader = await this.readers.get(found.path, found.facts, async () => {
      const { path, codec } = found;
      const file = await BatchFile.open({ files: this.files, id, path, codec });
      const loader = new IndexLoader(file, index);
      return new BatchReader(file, await loader.load(), () => loader.rebuild());
    });
    await recordUse(this.files, index);
    return reader;
  }

  /** Remembers that there is no batch for a minute. */
  async markMissing(id: BatchId<Minute>): Promise<void> {
    await this.write(missingPath(this.root, id), '');
  }

  /** Forgets that there was no batch for a minute. */
  async unmarkMissing(id: BatchId<Minute>): Promise<void> {
    await onDisk(() => this.files.rm(missingPath(this.root, id)));
  }

  /** Remembers that an hour's package was taken in whole. */
  async markPackage({ feed, slot, ...facts }: StoredPackage): Promise<void> {
    await this.write(packagePath(this.root, feed, slot), JSON.stringify(facts));
  }

  /** Takes a minute out of the store, with all that lies beside it. */
  async delete(id: BatchId<Minute>): Promise<void> {
    const paths = [...CODECS.map((codec) => batchPath(this.root, id, codec)), indexPath(this.root, id)];
    await onDisk(async () => {
      for (const path of [...paths, missingPath(this.root, id)]) await this.files.rm(path);
    });
  }

  /** Forgets that an hour's package was taken in; its minutes stay. */
  async deletePackage(feed: Feed, hour: Hour): Promise<void> {
    await onDisk(() => this.files.rm(packagePath(this.root, feed, hour)));
  }

  /**
   * Takes out every batch and mark. What a newer VS Code keeps here in a form of its own stays, and so does what a
   * window is just writing.
   */
  async clear(): Promise<void> {
    const { batches, missing, packages } = await this.list();
    for (const id of [...batches, ...missing]) await this.delete(id);
    for (const { feed, slot } of packages) await this.deletePackage(feed, slot);
    for (const { feed, day } of await listDays(this.root))
      await onDisk(() => this.files.rm(listingPath(this.root, feed, day)));
    await this.sweep();
  }

  /**
   * Deletes the least recently used batches until the store holds at most `maxBytes`; never one of `keep`, see
   * {@link Eviction}. An hour that lost a minute is no longer whole.
   */
  async evict(maxBytes: number, keep: ReadonlySet<string>): Promise<StoredBatch[]> {
    const { batches } = await this.list();
    return new Eviction(this.root, this.files).run(batches, maxBytes, keep, async (batch) => {
      await this.deletePackage(batch.feed, hourOf(batch.slot));
      await this.delete(batch);
    });
  }

  /** Removes what no running download can own, and the temporary files of `owner`, which has ended. Returns how many. */
  async sweep(owner?: string): Promise<number> {
    return onDisk(
      async () => (await sweepTemporaries(this.root, owner)) + (await sweepOrphans(this.files, this.root)),
    );
  }

  private async write(path: string, text: string): Promise<void> {
    await onDisk(async () => {
      await makeFolder(this.files, dirname(path));
      await writeFileAtomically(path, text, this.files);
    });
  }

  private async locate(id: BatchId<Minute>): Promise<FoundFile | undefined> {
    for (const codec of CODECS) {
      const path = batchPath(this.root, id, codec);
      try {
        return { path, codec, facts: await withFile(this.files, path, (file) => file.stat()) };
      } catch (error) {
        if (!isNotFound(error)) throw diskError(error);
      }
    }
    return undefined;
  }
}
