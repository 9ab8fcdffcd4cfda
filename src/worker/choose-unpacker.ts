import { ParallelUnpacker } from '../core/batch/bzip2/parallel-unpacker.ts';
import { PortableUnpacker } from '../core/batch/bzip2/portable-unpacker.ts';
import type { Unpacker } from '../core/batch/bzip2/unpacker.ts';
import type { CrewKeeper } from './crew-keeper.ts';
import type { DecoderChoice } from './protocol.ts';

export interface UnpackerOptions {
  readonly crews: CrewKeeper;
  readonly choice: DecoderChoice;
  /** Ends the threads at once when it is aborted. */
  readonly signal: AbortSignal;
  /** Takes a sentence for the log. */
  readonly warn: (sentence: string) => void;
}

/**
 * Lends out an unpacker; its threads are kept for the next one, or ended where the job failed or was aborted. Threads
 * start while `use` asks the network; where they cannot start, the portable decoder does the work.
 */
export async function withUnpacker<T>(
  { crews, choice, signal, warn }: UnpackerOptions,
  use: (unpacker: Unpacker) => Promise<T>,
): Promise<T> {
  if (choice === 'portable') return use(new PortableUnpacker());
  const threads = crews.lend().catch((error: unknown) => {
    warn(`The parallel decoder cannot start, the portable one is used: ${String(error)}`);
    return undefined;
  });
  const end = async (): Promise<void> => (await threads)?.end();
  const abort = (): void => void end();
  signal.addEventListener('abort', abort, { once: true });
  let isDone = false;
  try {
    const result = await use({
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
    isDone = !signal.aborted;
    return result;
  } finally {
    signal.removeEventListener('abort', abort);
    const crew = await threads;
    if (crew !== undefined) await (isDone ? crews.takeBack(crew) : crew.end());
  }
}
