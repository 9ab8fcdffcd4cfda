import { basename, dirname } from 'node:path';
import { mapLimited } from '../common/map-limited.ts';
import { TEMPORARY_EXTENSION } from '../common/temporary-name.ts';
import { batchKey } from '../feed/batch-id.ts';
import { hourOf } from '../feed/slot.ts';
import type { FileSystem } from './file-system.ts';
import { CODECS } from './frame-codec.ts';
import { lastUse } from './last-use.ts';
import { batchPath, indexPath, minuteStem } from './layout.ts';
import type { StoredBatch } from './stored.ts';

/** Files asked for their times at once. */
const AT_ONCE = 32;

/** Finds what can go from a store that has become too large. */
export class Eviction {
  constructor(
    private readonly root: string,
    private readonly files: FileSystem,
  ) {}

  /**
   * Passes batches to `remove`, the least recently used first, until the rest has at most `maxBytes`. `keep` holds keys
   * of minutes, or of hours for all their minutes; what is being written, or was used meanwhile, stays as well.
   */
  async run(
    batches: readonly StoredBatch[],
    maxBytes: number,
    keep: ReadonlySet<string>,
    remove: (batch: StoredBatch) => Promise<void>,
  ): Promise<StoredBatch[]> {
    let excess = batches.reduce((sum, { bytes }) => sum + bytes, 0) - maxBytes;
    const evicted: StoredBatch[] = [];
    if (excess <= 0) return evicted;
    const free = batches.filter((batch) => !isKept(batch, keep));
    const used = await mapLimited(free, AT_ONCE, async (batch) => ({ batch, at: await this.lastUse(batch) }));
    for (const { batch, at } of used.sort((one, other) => one.at - other.at)) {
      if (excess <= 0) break;
      if ((await this.isBeingWritten(batch)) || (await this.lastUse(batch)) !== at) continue;
      await remove(batch);
      evicted.push(batch);
      excess -= batch.bytes;
    }
    return evicted;
  }

  private async lastUse(batch: StoredBatch): Promise<number> {
    const files = CODECS.map((codec) => batchPath(this.root, batch, codec));
    return lastUse(this.files, [indexPath(this.root, batch), ...files]);
  }

  private async isBeingWritten(batch: StoredBatch): Promise<boolean> {
    const stem = minuteStem(this.root, batch);
    const names = await this.files.readdir(dirname(stem)).catch(() => []);
    return names.some((name) => name.startsWith(`${basename(stem)}.`) && name.endsWith(TEMPORARY_EXTENSION));
  }
}

function isKept({ feed, slot }: StoredBatch, keep: ReadonlySet<string>): boolean {
  return keep.has(batchKey({ feed, slot })) || keep.has(batchKey({ feed, slot: hourOf(slot) }));
}
