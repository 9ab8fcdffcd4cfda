import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockCrew, BlockResult, PackedBlock } from '../../src/core/batch/bzip2/block-crew.ts';
import { BlockUnpacker } from '../../src/core/batch/bzip2/block-unpacker.ts';
import { ParallelUnpacker } from '../../src/core/batch/bzip2/parallel-unpacker.ts';
import { PortableUnpacker } from '../../src/core/batch/bzip2/portable-unpacker.ts';
import { repoRoot } from './host/paths.ts';

/** Where the build puts the decoder's files. */
export const decoderFolder = join(repoRoot, 'dist');

/** The block decoder as it was built. */
export function decoderModule(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(decoderFolder, 'bzip2.wasm')));
}

/** A crew that works on this thread, a block a turn: what threads do, without them. */
export class LocalCrew implements BlockCrew {
  readonly appetite = 4;
  private readonly unpacker = new BlockUnpacker(decoderModule());

  unpack(block: PackedBlock): Promise<BlockResult> {
    return new Promise((resolve) => {
      setImmediate(() => {
        resolve(this.unpacker.unpack(block));
      });
    });
  }
}

export const portable = new PortableUnpacker();

let crew: LocalCrew | undefined;

/** The parallel decoder on this thread, the same crew for all of a run; `onOtherBytes` as its own. */
export function parallel(onOtherBytes?: () => void): ParallelUnpacker {
  crew ??= new LocalCrew();
  return new ParallelUnpacker(crew, onOtherBytes);
}
