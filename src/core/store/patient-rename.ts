import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../common/errors.ts';

/** Waits between the tries, milliseconds: three quarters of a second in all. */
const WAITS_MS = [10, 20, 50, 100, 200, 400];
/** What Windows answers while a virus scanner or an indexer has one of the two files open. */
const BUSY = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Renames like `rename`, which is tried again for a moment where a file is held by another program. */
export async function renamePatiently(
  rename: (from: string, to: string) => Promise<void>,
  from: string,
  to: string,
  wait: (milliseconds: number) => Promise<unknown> = delay,
): Promise<void> {
  for (const milliseconds of WAITS_MS) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!BUSY.has(systemCode(error) ?? '')) throw error;
      await wait(milliseconds);
    }
  }
  await rename(from, to);
}
