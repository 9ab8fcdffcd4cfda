import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Hour, Minute } from '../../src/core/feed/slot.ts';
import { cachedBatch } from './batch-cache.ts';
import type { PackedBatch } from './batch-cache.ts';
import { hourTar } from './hour-tar.ts';
import { minuteText } from './minute-text.ts';
import type { Packer } from './packer.ts';

/** An hourly package; its members are named after the minutes of `hour`. */
export interface PackedHour extends PackedBatch {
  readonly hour: Hour;
  readonly minutes: number;
}

/** Whose bytes every minute that is asked for has; nothing asks for it by this name. */
const PATTERN = '202611221003' as Minute;

/** Makes the batches of the bench, or takes them from its folder where they were made before. */
export class BatchMaker {
  constructor(
    private readonly folder: string,
    private readonly packer: Packer,
    private readonly say: (text: string) => void,
  ) {}

  minute(plainBytes: number): Promise<PackedBatch> {
    const size = sizeName(plainBytes);
    return cachedBatch(join(this.folder, `minute-${size}.bz2`), async (target) => {
      this.say(`Making a minute of ${size} …`);
      const { plain, records } = minuteText(PATTERN, plainBytes);
      await this.packer.pack(Readable.from([plain]), target);
      return { plainBytes: plain.length, records };
    });
  }

  /** The first `minutes` minutes of `hour`. Packages of other hours are taken away. */
  async hour(hour: Hour, minutes: number, minuteBytes: number): Promise<PackedHour> {
    await this.removeOtherHours(hour);
    const size = `${String(minutes)}x${sizeName(minuteBytes)}`;
    const packed = await cachedBatch(join(this.folder, `hour-${hour}-${size}.tar.bz2`), async (target) => {
      this.say(`Making an hour of ${size} …`);
      let plainBytes = 0;
      let records = 0;
      const tar = hourTar(hour, minutes, minuteBytes, (text) => {
        plainBytes += text.plain.length;
        records += text.records;
      });
      await this.packer.pack(tar, target);
      return { plainBytes, records };
    });
    return { ...packed, hour, minutes };
  }

  private async removeOtherHours(hour: Hour): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const others = names.filter((name) => name.startsWith('hour-') && !name.startsWith(`hour-${hour}-`));
    for (const name of others) await rm(join(this.folder, name));
  }
}

function sizeName(bytes: number): string {
  return `${String(bytes / 1e6)}MB`;
}
