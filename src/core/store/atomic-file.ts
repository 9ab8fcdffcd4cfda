import { open, rename, rm } from 'node:fs/promises';
import { temporaryName } from '../common/temporary-name.ts';

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
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
