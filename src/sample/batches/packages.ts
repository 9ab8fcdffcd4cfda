import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Feed } from '../../core/feed/feed.ts';
import { minutesOf, startOf } from '../../core/feed/slot.ts';
import type { Hour, Minute } from '../../core/feed/slot.ts';
import { compressBzip2 } from '../bzip2/compress-bzip2.ts';
import { batchText } from './batch-text.ts';
import { ByteCache } from './byte-cache.ts';
import { isMissing } from './missing-minutes.ts';
import type { SampleWorld } from './record-count.ts';
import { tarEnd, tarHeader, tarPadding } from './tar-header.ts';

/** Blocks of 200 KB: quicker to sort than bigger ones, and several to a minute. */
const LEVEL = 2;
/** Some hours of one feed. */
const CACHE_BYTES = 32 * 1024 * 1024;

/** The batches as they lie in storage. */
export class Packages {
  private readonly packed = new ByteCache(CACHE_BYTES);
  private readonly plainSizes = new Map<string, number>();

  constructor(private readonly world: SampleWorld) {}

  isMissing(feed: Feed, minute: Minute): boolean {
    return isMissing(this.world.seed, feed, minute);
  }

  /** One bzip2 stream of JSON lines. */
  minute(feed: Feed, minute: Minute): Buffer {
    const key = `${feed}/${minute}`;
    return this.packed.get(key, () => {
      const text = batchText(this.world, feed, minute);
      this.plainSizes.set(key, text.length);
      return compressBzip2(text, LEVEL);
    });
  }

  /**
   * A `.tar.bz2` with a member for each minute that is not missing. It is a chain of bzip2 streams, as
   * parallel compressors write them: a minute's own stream goes in as it is, the tar's blocks around it in
   * small ones. So an hour starts after its first minute is made, and no more than a minute is at work at once.
   */
  async *hour(feed: Feed, hour: Hour): AsyncGenerator<Buffer, void, undefined> {
    let between = Buffer.alloc(0);
    for (const minute of minutesOf(hour)) {
      if (this.isMissing(feed, minute)) continue;
      const packed = this.minute(feed, minute);
      const size = this.plainSizes.get(`${feed}/${minute}`) ?? 0;
      yield compressBzip2(
        Buffer.concat([between, tarHeader(`${minute}.txt`, size, startOf(minute) / 1000)]),
        1,
      );
      yield packed;
      between = tarPadding(size) as Buffer<ArrayBuffer>;
      await nextTurn();
    }
    yield compressBzip2(Buffer.concat([between, tarEnd()]), 1);
  }
}
