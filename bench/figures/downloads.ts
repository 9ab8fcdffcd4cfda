import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hour, Minute } from '../../src/core/feed/slot.ts';
import type { DownloadInput, DownloadReport } from '../children/download.ts';
import { runScript } from '../children/scripts.ts';
import type { Bench } from '../measurement.ts';
import { buildFolder } from '../paths.ts';

/**
 * Downloads a slot into a new store, in a process of its own, and checks that every record came. `warmUp`: the process
 * has downloaded it before.
 */
export async function downloadOnce(
  { service, scratch }: Bench,
  slot: Minute | Hour,
  records: number,
  warmUp = false,
): Promise<DownloadReport> {
  const store = await mkdtemp(join(scratch, 'store-'));
  try {
    const before = warmUp ? join(store, 'before') : undefined;
    return await downloadInto(join(store, 'store'), { service }, slot, records, before);
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

/** Downloads a slot into a store that stays. */
export async function downloadInto(
  store: string,
  { service: { origin, key } }: Pick<Bench, 'service'>,
  slot: Minute | Hour,
  records: number,
  before?: string,
): Promise<DownloadReport> {
  const input: DownloadInput = { bundles: buildFolder, origin, key, slot, store, before };
  const downloaded = await runScript<DownloadReport>('download', input);
  if (downloaded.records !== records) {
    throw new Error(`${slot}: ${String(downloaded.records)} records came instead of ${String(records)}.`);
  }
  return downloaded;
}
