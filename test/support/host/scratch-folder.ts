import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hostCache } from './paths.ts';

/**
 * A new folder in the host cache that belongs to this process: whoever makes it removes it. One whose process
 * ended without doing so is removed when the next of its kind is made.
 */
export async function makeScratchFolder(kind: string): Promise<string> {
  await mkdir(hostCache, { recursive: true });
  await removeAbandoned(kind);
  return mkdtemp(join(hostCache, `${kind}.${String(process.pid)}.`));
}

async function removeAbandoned(kind: string): Promise<void> {
  const prefix = `${kind}.`;
  const abandoned = (await readdir(hostCache)).filter(
    (entry) => entry.startsWith(prefix) && !lives(Number.parseInt(entry.slice(prefix.length))),
  );
  await Promise.all(
    abandoned.map((entry) => rm(join(hostCache, entry), { recursive: true, force: true, maxRetries: 3 })),
  );
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
