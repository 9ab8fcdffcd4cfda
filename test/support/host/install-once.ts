import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hostCache } from './paths.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/**
 * The folder `name` of the host cache, filled by `fill` the first time. It is filled under another name and
 * renamed when complete, so a run that was cut short leaves nothing that looks installed.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(hostCache, name);
  if (existsSync(folder)) return folder;
  const partial = await makeScratchFolder(`installing-${name}`);
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    // Another run may have finished the same installation meanwhile: then its folder serves.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
