import type { PackedBatch } from '../batches/batch-cache.ts';
import type { DecodeInput, DecodeReport } from '../children/decode.ts';
import { runScript } from '../children/scripts.ts';
import { buildFolder } from '../paths.ts';

type DecodeRun = DecodeReport & { readonly processSeconds: number };

/** Unpacks with our decoder in a process of its own; with as many threads as a download takes unless told. */
export function decodeOwn(batch: PackedBatch, threads?: number): Promise<DecodeRun> {
  return decodeOnce(batch, { name: 'own', folder: buildFolder, threads });
}

/** Unpacks in a process of its own, and checks that every byte came. */
export async function decodeOnce(
  { path, plainBytes }: PackedBatch,
  decoder: DecodeInput['decoder'],
): Promise<DecodeRun> {
  const input: DecodeInput = { path, decoder };
  const run = await runScript<DecodeReport>('decode', input);
  if (run.plainBytes !== plainBytes)
    throw new Error(`${decoder.name} made ${String(run.plainBytes)} bytes instead of ${String(plainBytes)}.`);
  return run;
}
