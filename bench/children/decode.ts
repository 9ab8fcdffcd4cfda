// Unpacks a file and counts the bytes that come out.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import unbzip2Stream from 'unbzip2-stream';
import { ParallelUnpacker } from '../../src/core/batch/bzip2/parallel-unpacker.ts';
import { DecoderThreads } from '../../src/worker/decoder-threads.ts';
import { childInput, ownPeakMemory, report } from './child.ts';

export interface DecodeInput {
  readonly path: string;
  readonly decoder:
    | {
        readonly name: 'own';
        /** Folder of the decoder's bundle. */
        readonly folder: string;
        /** Undefined: as many as a download takes. */
        readonly threads: number | undefined;
        /** Unpacks once before: the threads run then, and nothing is compiled any more. */
        readonly warmUp: boolean;
      }
    | { readonly name: 'unbzip2-stream' };
}

export interface DecodeReport {
  /** From opening the file to its last byte. What the decoder starts counts, the start of this process does not. */
  readonly seconds: number;
  readonly plainBytes: number;
  /** Bytes. */
  readonly peakMemory: number;
}

const { path, decoder } = childInput() as DecodeInput;
let crew: DecoderThreads | undefined;
if (decoder.name === 'own' && decoder.warmUp) await countOwn(decoder.folder, decoder.threads);
const startedAt = performance.now();
const plainBytes = await (decoder.name === 'own'
  ? countOwn(decoder.folder, decoder.threads)
  : countUnbzip2());
const seconds = (performance.now() - startedAt) / 1000;
await crew?.end();
report({ seconds, plainBytes, peakMemory: ownPeakMemory() } satisfies DecodeReport);

async function countOwn(folder: string, size: number | undefined): Promise<number> {
  crew ??= await DecoderThreads.start(folder, size);
  let bytes = 0;
  for await (const chunk of new ParallelUnpacker(crew).unpack(createReadStream(path))) bytes += chunk.length;
  return bytes;
}

/** An old-style stream, which has no iterator. */
async function countUnbzip2(): Promise<number> {
  let bytes = 0;
  const plain = createReadStream(path).pipe(unbzip2Stream());
  plain.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(plain, 'end');
  return bytes;
}
