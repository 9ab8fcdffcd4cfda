import { mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VtFeedsError } from '../common/errors.ts';
import { temporaryName } from '../common/temporary-name.ts';
import { feedInfo } from '../feed/feed.ts';
import type { Feed } from '../feed/feed.ts';
import { batchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { hourOf } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import { slotText } from '../feed/slot-text.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { parseIndex } from './batch-index.ts';
import { BatchReader, damagedBatch } from './batch-reader.ts';
import { BatchWriter } from './batch-writer.ts';
import { diskError, isNotFound, onDisk } from '../common/disk-error.ts';
import { evictionOrder } from './eviction.ts';
import { CODECS, preferredCodec } from './frame-codec.ts';
import type { FrameCodec } from './frame-codec.ts';
import { batchPath, indexPath, minuteStem, missingPath, packagePath } from './layout.ts';
import { listStore } from './list-store.ts';
import type { StoreListing, StoredBatch, StoredPackage } from './stored.ts';
import { sweepTemporaries } from './sweep.ts';
import { zstdFrames } from './zstd-frames.ts';

interface BatchFile {
  readonly path: string;
  readonly codec: FrameCodec;
  readonly size: number;
}

/** Batches on disk, under one folder. Batch files never change once they are there; two windows may share it. */
export class BatchStore {
  /** `owner` marks the temporary files made here, for {@link sweep}. */
  constructor(
    readonly root: string,
    readonly owner = '',
    private readonly codec: FrameCodec = preferredCodec(),
  ) {}

  list(): Promise<StoreListing> {
    return listStore(this.root);
  }

  /** The batch as it is on disk, or undefined when it is not in the store. */
  async find(id: BatchId<Minute>): Promise<StoredBatch | undefined> {
    const file = await this.fileOf(id);
    if (file === undefined) return undefined;
    const index = await this.loadIndex(id, file);
    return { feed: id.feed, slot: id.slot, records: index?.records.length ?? 0, bytes: file.size };
  }

  /** Starts writing a batch; nothing of it is visible before `commit`. It takes the place of one that is there. */
  async create(id: BatchId<Minute>): Promise<BatchWriter> {
    const codec = (await this.fileOf(id))?.codec ?? this.codec;
    const batch = batchPath(this.root, id, codec);
    await onDisk(() => mkdir(dirname(batch), { recursive: true, mode: 0o700 }));
    return BatchWriter.create(
      {
        batch,
        index: indexPath(this.root, id),
        temporary: temporaryName(minuteStem(this.root, id), this.owner),
      },
      codec,
    );
  }

  /** Opens a batch for reading, or tells that its index has to be made anew. Fails with `notStored`. */
  async open(id: BatchId<Minute>): Promise<BatchReader | 'noIndex'> {
    const file = await this.fileOf(id);
    if (file === undefined) throw notStored(id);
    const index = await this.loadIndex(id, file);
    if (index === undefined) return 'noIndex';
    await utimes(file.path, new Date(), (await stat(file.path)).mtime).catch(() => undefined);
    return new BatchReader(file.path, index);
  }

  /** The batch's whole plain text, read without its index. Fails with `corrupt` on a damaged file. */
  async loadPlain(id: BatchId<Minute>): Promise<Buffer> {
    const file = await this.fileOf(id);
    if (file === undefined) throw notStored(id);
    const packed = await onDisk(() => readFile(file.path));
    try {
      const frames = file.codec.name === 'zstd' || packed.length === 0 ? zstdFrames(packed) : [packed];
      return Buffer.concat(frames.map((frame) => file.codec.unpack(frame)));
    } catch (error) {
      throw damagedBatch(error);
    }
  }

  /** Remembers that there is no batch for a minute. */
  async markMissing(id: BatchId<Minute>): Promise<void> {
    const path = missingPath(this.root, id);
    await onDisk(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFileAtomically(path, '');
    });
  }

  /** Forgets that there was no batch for a minute. */
  async unmarkMissing(id: BatchId<Minute>): Promise<void> {
    await onDisk(() => rm(missingPath(this.root, id), { force: true }));
  }

  /** Remembers that an hour's package was taken in whole. */
  async markPackage({ feed, slot, ...facts }: StoredPackage): Promise<void> {
    const path = packagePath(this.root, feed, slot);
    await onDisk(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFileAtomically(path, JSON.stringify(facts));
    });
  }

  /** Takes a minute out of the store, with all that lies beside it. */
  async delete(id: BatchId<Minute>): Promise<void> {
    const paths = [...CODECS.map((codec) => batchPath(this.root, id, codec)), indexPath(this.root, id)];
    await onDisk(async () => {
      for (const path of [...paths, missingPath(this.root, id)]) await rm(path, { force: true });
    });
  }

  /** Forgets that an hour's package was taken in; its minutes stay. */
  async deletePackage(feed: Feed, hour: Hour): Promise<void> {
    await onDisk(() => rm(packagePath(this.root, feed, hour), { force: true }));
  }

  async clear(): Promise<void> {
    await onDisk(() => rm(this.root, { recursive: true, force: true }));
  }

  /**
   * Deletes the least recently used batches until the store holds at most `maxBytes`; never one of `keep`. An hour
   * that lost a minute is no longer whole.
   */
  async evict(maxBytes: number, keep: ReadonlySet<string>): Promise<StoredBatch[]> {
    const { batches } = await this.list();
    const evicted = await evictionOrder(batches, maxBytes, keep, async (id) => {
      const file = await this.fileOf(id);
      return file === undefined ? 0 : (await stat(file.path)).atimeMs;
    });
    for (const batch of evicted) {
      await this.deletePackage(batch.feed, hourOf(batch.slot));
      await this.delete(batch);
    }
    return evicted;
  }

  /** Removes temporary files that no running download can own, and those of `owner`, which has ended. */
  async sweep(owner?: string): Promise<number> {
    return onDisk(() => sweepTemporaries(this.root, owner));
  }

  private async fileOf(id: BatchId<Minute>): Promise<BatchFile | undefined> {
    for (const codec of CODECS) {
      const path = batchPath(this.root, id, codec);
      try {
        return { path, codec, size: (await stat(path)).size };
      } catch (error) {
        if (!isNotFound(error)) throw diskError(error);
      }
    }
    return undefined;
  }

  private async loadIndex(id: BatchId<Minute>, file: BatchFile): Promise<ReturnType<typeof parseIndex>> {
    const text = await readFile(indexPath(this.root, id), 'utf8').catch(() => '');
    const index = parseIndex(text, file.size);
    return index?.codec === file.codec.name ? index : undefined;
  }
}

function notStored(id: BatchId): VtFeedsError {
  return new VtFeedsError(
    'notStored',
    `${feedInfo(id.feed).title} ${slotText(id.slot)} is not in the store. Download it again.`,
    {},
    { cause: new Error(batchKey(id)) },
  );
}
