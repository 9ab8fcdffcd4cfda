import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { TEMPORARY_EXTENSION } from './layout.ts';

/** A name for a file that is not there yet, beside `path`; `owner` tells whose it is. */
export function temporaryName(path: string, owner = ''): string {
  return `${path}.${owner}${randomBytes(6).toString('hex')}${TEMPORARY_EXTENSION}`;
}

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
