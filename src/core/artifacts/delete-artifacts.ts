import { rm } from 'node:fs/promises';
import { onDisk } from '../common/disk-error.ts';

/** Deletes every artifact kept under `root`, and the folder itself. */
export async function deleteArtifacts(root: string): Promise<void> {
  await onDisk(() => rm(root, { recursive: true, force: true }));
}
