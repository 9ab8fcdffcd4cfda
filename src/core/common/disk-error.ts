import { VtFeedsError, systemCode } from './errors.ts';
import { sanitizeForUi } from './sanitize.ts';

/**
 * Turns a failed file operation into what a person can act on; other errors pass unchanged. `place` is the path the
 * person chose, where it is not the extension's own storage.
 */
export function diskError(error: unknown, place?: string): unknown {
  if (error instanceof VtFeedsError) return error;
  const code = systemCode(error);
  if (code === undefined || !/^E[A-Z]+$/u.test(code) || code.startsWith('ERR_')) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new VtFeedsError(
      'diskFull',
      'The disk is full. Nothing was stored; free some space, delete batches, or lower vtFeeds.maxStoreSizeMB.',
      {},
      { cause: error },
    );
  }
  return new VtFeedsError(
    'disk',
    place === undefined
      ? `The store could not be read or written (${code}). Check the disk and the rights on VS Code's storage folder.`
      : `${sanitizeForUi(place)} could not be written (${code}). Check that its folder is there and may be written to.`,
    {},
    { cause: error },
  );
}

/** Runs a file operation, its failure put in words. */
export async function onDisk<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw diskError(error);
  }
}

export function isNotFound(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
