import { pipeline } from 'node:stream/promises';
import type { FeedClient } from '../api/feed-client.ts';
import { restartable } from '../api/restartable.ts';
import type { Unpacker } from '../batch/bzip2/unpacker.ts';
import { ingest } from '../batch/ingest.ts';
import { packageMembers } from '../batch/package-members.ts';
import { hasCode } from '../common/errors.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { minutesOf } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { totalOf } from '../store/stored.ts';
import type { StoredBatch, StoredPackage } from '../store/stored.ts';
import { counting } from './progress.ts';
import type { OnEvent } from './progress.ts';

/** Takes batches from the API into the store, as a stream from end to end. */
export class BatchDownloader {
  constructor(
    private readonly client: FeedClient,
    private readonly store: BatchStore,
    private readonly unpacker: Unpacker,
  ) {}

  /**
   * Downloads a minute. It is in the store, whole, when this resolves; when it rejects nothing of it is there.
   * A minute without a batch is remembered as missing.
   */
  async downloadMinute(id: BatchId<Minute>, signal: AbortSignal, onEvent: OnEvent): Promise<StoredBatch> {
    const download = async (): Promise<StoredBatch> => {
      const { stream, length } = await this.client.openBatch(id, signal);
      return pipeline(
        stream,
        counting(length, onEvent),
        (packed: AsyncIterable<Buffer>) => this.unpacker.unpack(packed),
        (plain: AsyncIterable<Buffer>) =>
          this.take(id, plain, (records) => {
            onEvent({ event: 'readable', batch: id, records });
          }),
        { signal },
      );
    };
    try {
      return await restartable(download, signal);
    } catch (error) {
      if (hasCode(error, 'missingBatch')) await this.store.markMissing(id);
      throw error;
    }
  }

  /**
   * Downloads an hour's package minute by minute: each is in the store as soon as it came whole, and one that was
   * there already is not stored twice. Minutes the package does not hold are remembered as missing.
   */
  async downloadHour(id: BatchId<Hour>, signal: AbortSignal, onEvent: OnEvent): Promise<StoredPackage> {
    const download = async (): Promise<StoredBatch[]> => {
      const { stream, length } = await this.client.openBatch(id, signal);
      return pipeline(
        stream,
        counting(length, onEvent),
        (packed: AsyncIterable<Buffer>) => this.unpacker.unpack(packed),
        (tar: AsyncIterable<Buffer>) => this.takeMembers(id, tar, onEvent),
        { signal },
      );
    };
    const stored = await restartable(download, signal);
    const there = new Set(stored.map(({ slot }) => slot));
    const missing = minutesOf(id.slot).filter((minute) => !there.has(minute));
    for (const slot of missing) await this.markMissing({ feed: id.feed, slot });
    const taken = { ...id, ...totalOf(stored), missing };
    await this.store.markPackage(taken);
    return taken;
  }

  /** A minute that was downloaded by itself is there, whatever a package says. */
  private async markMissing(id: BatchId<Minute>): Promise<void> {
    if ((await this.store.find(id)) === undefined) await this.store.markMissing(id);
  }

  private async takeMembers(
    id: BatchId<Hour>,
    tar: AsyncIterable<Buffer>,
    onEvent: OnEvent,
  ): Promise<StoredBatch[]> {
    const stored: StoredBatch[] = [];
    for await (const { minute, plain } of packageMembers(tar, id.slot, this.unpacker)) {
      const member = { feed: id.feed, slot: minute };
      const known = await this.store.find(member);
      const batch = known ?? (await this.take(member, plain));
      if (known !== undefined) await drain(plain);
      stored.push(batch);
      onEvent({ event: 'stored', batch });
    }
    return stored;
  }

  private async take(
    id: BatchId<Minute>,
    plain: AsyncIterable<Buffer>,
    onReadable?: (records: number) => void,
  ): Promise<StoredBatch> {
    const writer = await this.store.create(id);
    if (onReadable !== undefined) writer.publish(onReadable);
    try {
      const records = await ingest(id.feed, plain, writer);
      const index = await writer.commit();
      await this.store.unmarkMissing(id);
      return { ...id, records, bytes: index.bytes };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }
}

/** Reads to the end: a tar goes on only when its member has been read. */
async function drain(bytes: AsyncIterable<Buffer>): Promise<void> {
  const chunks = bytes[Symbol.asyncIterator]();
  while ((await chunks.next()).done !== true);
}
