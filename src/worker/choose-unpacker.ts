import { ParallelUnpacker } from '../core/batch/bzip2/parallel-unpacker.ts';
import { PortableUnpacker } from '../core/batch/bzip2/portable-unpacker.ts';
import type { Unpacker } from '../core/batch/bzip2/unpacker.ts';
import { DecoderThreads } from './decoder-threads.ts';
import type { DecoderChoice } from './protocol.ts';

export interface UnpackerOptions {
  /** Where the decoder's files lie. */
  readonly folder: string;
  readonly choice: DecoderChoice;
  /** Ends the threads at once when it is aborted. */
  readonly signal: AbortSignal;
  /** Takes a sentence for the log. */
  readonly warn: (sentence: string) => void;
}

/**
 * Lends out an unpacker and ends its threads afterwards. Threads start while `use` asks the network; where they
 * cannot start, the portable decoder does the work.
 */
export async function withUnpacker<T>(
  { folder, choice, signal, warn }: UnpackerOptions,
  use: (unpacker: Unpacker) => Promise<T>,
): Promise<T> {
  if (choice === 'portable') return use(new PortableUnpacker());
  const threads = DecoderThreads.start(folder).catch((error: unknown) => {
    warn(`The parallel decoder cannot start, the portable one is used: ${String(error)}`);
    return undefined;
  });
  const end = async (): Promise<void> => (await threads)?.end();
  const abort = (): void => void end();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await use({
      async *unpack(packed) {
        const crew = await threads;
        const unpacker =
          crew === undefined
            ? new PortableUnpacker()
            : new ParallelUnpacker(crew, () => {
                warn('Bytes behind the last bzip2 stream were left out.');
              });
        yield* unpacker.unpack(packed);
      },
    });
  } finally {
    signal.removeEventListener('abort', abort);
    await end();
  }
}
