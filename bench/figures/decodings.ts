import type { PackedBatch } from '../batches/batch-cache.ts';
import type { DecodeInput, DecodeReport } from '../children/decode.ts';
import { runScript } from '../children/scripts.ts';
import type { Bench } from '../measurement.ts';
import { runProgram } from '../measure/run-program.ts';
import { buildFolder } from '../paths.ts';

/** Threads of the decoders that are held against each other. */
export const THREADS = 2;
export const LBZIP2 = `lbzip2 -d -n ${String(THREADS)}`;

/** A batch unpacked in a process of its own. */
export interface Decoding {
  readonly seconds: number;
  readonly processSeconds: number;
  readonly peakMemory: number | undefined;
}

type DecodeRun = DecodeReport & { readonly processSeconds: number };

/** How our decoder is run: with as many threads as a download takes unless told, and started for it unless `warmUp`. */
export interface OwnOptions {
  readonly threads?: number;
  readonly warmUp?: boolean;
}

/** Unpacks with our decoder in a process of its own. */
export function decodeOwn(
  batch: PackedBatch,
  { threads, warmUp = false }: OwnOptions = {},
): Promise<DecodeRun> {
  return decodeOnce(batch, { name: 'own', folder: buildFolder, threads, warmUp });
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

/** The fastest rival; undefined where it is not installed. */
export function lbzip2(bench: Bench, batch: PackedBatch): () => Promise<Decoding | undefined> {
  return nativeDecoder(bench, 'lbzip2', ['-d', '-n', String(THREADS), '-c'], batch);
}

/** A tool of the machine: its time is that of its whole process, some milliseconds of start included. */
export function nativeDecoder(
  bench: Bench,
  name: string,
  args: readonly string[],
  { path }: PackedBatch,
): () => Promise<Decoding | undefined> {
  const tool = bench.rival(name);
  return async () => {
    if (tool === undefined) return undefined;
    const { seconds, peakMemory } = await runProgram(tool, args, { stdin: path, discard: true });
    return { seconds, processSeconds: seconds, peakMemory };
  };
}
