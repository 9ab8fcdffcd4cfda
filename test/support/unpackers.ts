import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockCrew, BlockResult, PackedBlock } from '../../src/core/batch/bzip2/block-crew.ts';
import { BlockUnpacker, LANES } from '../../src/core/batch/bzip2/block-unpacker.ts';
import { LaneChoice } from '../../src/core/batch/bzip2/lane-choice.ts';
import { ParallelUnpacker } from '../../src/core/batch/bzip2/parallel-unpacker.ts';
import { PortableUnpacker } from '../../src/core/batch/bzip2/portable-unpacker.ts';
import { repoRoot } from './host/paths.ts';

/** Where the build puts the decoder's files. */
export const decoderFolder = join(repoRoot, 'dist');

/** The block decoder as it was built. */
export function decoderModule(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(decoderFolder, 'bzip2.wasm')));
}

/** Takes four blocks together wherever there are four, on any machine. */
export class AlwaysTogether extends LaneChoice {
  override next(): typeof LANES {
    return LANES;
  }
}

/** A crew that works on this thread, on as many blocks together as are there: what threads do, without them. */
export class LocalCrew implements BlockCrew {
  readonly appetite = 2 * LANES;
  private readonly unpacker = new BlockUnpacker(decoderModule(), new AlwaysTogether());
  private readonly waiting: { readonly block: PackedBlock; resolve(result: BlockResult): void }[] = [];

  unpack(block: PackedBlock): Promise<BlockResult> {
    return new Promise((resolve) => {
      if (this.waiting.push({ block, resolve }) === 1)
        setImmediate(() => {
          this.work();
        });
    });
  }

  private work(): void {
    const taken = this.waiting.splice(0, LANES);
    const results = this.unpacker.unpack(taken.map(({ block }) => block));
    for (const [at, result] of results.entries()) taken[at]?.resolve(result);
    if (this.waiting.length > 0)
      setImmediate(() => {
        this.work();
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
