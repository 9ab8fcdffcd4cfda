import { VtFeedsError, systemCode } from './errors.ts';

/** Turns a failed file operation into what a person can act on; other errors pass unchanged. */
export function diskError(error: unknown): unknown {
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
    `The store could not be read or written (${code}). Check the disk and the rights on VS Code's storage folder.`,
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
