import { randomBytes } from 'node:crypto';

/** Ending of every file that is not finished; a sweep removes what was abandoned. */
export const TEMPORARY_EXTENSION = '.tmp';

/** A name for a file that is not there yet, beside `path`; `owner` tells whose it is. */
export function temporaryName(path: string, owner = ''): string {
  return `${path}.${owner}${randomBytes(6).toString('hex')}${TEMPORARY_EXTENSION}`;
}
