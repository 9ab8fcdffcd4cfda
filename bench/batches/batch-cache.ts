import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A packed batch on disk, and what is in it. */
export interface PackedBatch {
  readonly path: string;
  /** Bytes of the records; of an hour without the tar around them. */
  readonly plainBytes: number;
  readonly packedBytes: number;
  readonly records: number;
}

/** What was packed, told by who packs it. */
export type PackedFacts = Pick<PackedBatch, 'plainBytes' | 'records'>;

/**
 * The batch at `path`, made by `make` where it is not there yet. Its facts lie beside it and are written last, so
 * that what was cut short is made anew.
 */
export async function cachedBatch(
  path: string,
  make: (target: string) => Promise<PackedFacts>,
): Promise<PackedBatch> {
  const factsPath = `${path}.json`;
  const known = await readFile(factsPath, 'utf8').catch(() => undefined);
  const facts = known === undefined ? await makeBatch(path, make) : (JSON.parse(known) as PackedFacts);
  if (known === undefined) await writeFile(factsPath, JSON.stringify(facts));
  return { ...facts, path, packedBytes: (await stat(path)).size };
}

async function makeBatch(path: string, make: (target: string) => Promise<PackedFacts>): Promise<PackedFacts> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const facts = await make(partial);
    await rename(partial, path);
    return facts;
  } finally {
    await rm(partial, { force: true });
  }
}
