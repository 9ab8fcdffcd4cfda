import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, hourAt, startOf } from '../../src/core/feed/slot.ts';
import type { Hour } from '../../src/core/feed/slot.ts';
import { newestHour } from '../../src/core/feed/window.ts';
import { benchFolder } from '../paths.ts';
import type { Scale } from '../scale.ts';
import type { PackedBatch } from './batch-cache.ts';
import { BatchMaker } from './batch-maker.ts';
import type { PackedHour } from './batch-maker.ts';
import { findPacker } from './packer.ts';
import type { Packer } from './packer.ts';

export interface BenchBatches {
  readonly minute: PackedBatch;
  readonly large: PackedBatch;
  readonly hour: PackedHour;
  /** What was packed with, and what is smaller than it should be. */
  readonly remarks: readonly string[];
}

/** Counted up whenever the batches change: others are made then, in another folder. */
const VERSION = 1;
/** The hour packed (700 MB), twice in a store (850 MB each), and room to spare. */
const FREE_BYTES_FOR_AN_HOUR = 5e9;
const MINUTES_OF_A_SCALED_HOUR = 6;
const HOUR_LIFETIME_MS = 3 * DAY_MS;

/** The batches of a scale, from the cache or made now. */
export async function prepareBatches(scale: Scale, say: (text: string) => void): Promise<BenchBatches> {
  const packer = findPacker();
  const maker = new BatchMaker(join(benchFolder, `batches-${String(VERSION)}`), packer, say);
  const minute = await maker.minute(scale.minuteBytes);
  const large = await maker.minute(scale.largeBytes);
  const minutes = (await allowsHour(packer))
    ? scale.hourMinutes
    : Math.min(scale.hourMinutes, MINUTES_OF_A_SCALED_HOUR);
  const hour = await maker.hour(cacheableHour(Date.now()), minutes, scale.minuteBytes);
  const remarks = [`Batches were packed with ${packer.name}.`];
  if (minutes < scale.hourMinutes)
    remarks.push(`The hour has ${String(minutes)} minutes: the disk or the packer does not allow more.`);
  return { minute, large, hour, remarks };
}

async function allowsHour({ fast }: Packer): Promise<boolean> {
  const { bavail, bsize } = await statfs(join(benchFolder, '..'));
  return fast && bavail * bsize >= FREE_BYTES_FOR_AN_HOUR;
}

/** The same hour for three days, so that it is made once; the window is seven days. */
function cacheableHour(now: number): Hour {
  return hourAt(Math.floor(startOf(newestHour(now)) / HOUR_LIFETIME_MS) * HOUR_LIFETIME_MS);
}
