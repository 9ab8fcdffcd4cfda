import type { Unpacker } from '../../../src/core/batch/bzip2/unpacker.ts';
import { VtFeedsError } from '../../../src/core/common/errors.ts';
import { chunksOf } from '../streams.ts';

/** What a decoder makes of packed bytes: what it gave, and how it ended. */
export interface Outcome {
  /** `fine`, the code of a failure, or the text of an error that should not have been. */
  readonly verdict: string;
  readonly plain: Buffer;
}

export async function outcomeOf(unpacker: Unpacker, ...chunks: readonly Buffer[]): Promise<Outcome> {
  const given: Buffer[] = [];
  let verdict = 'fine';
  try {
    for await (const plain of unpacker.unpack(chunksOf(...chunks))) given.push(plain);
  } catch (error) {
    verdict = error instanceof VtFeedsError ? error.code : String(error);
  }
  return { verdict, plain: Buffer.concat(given) };
}
