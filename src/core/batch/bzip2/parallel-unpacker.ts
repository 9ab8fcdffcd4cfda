import { ahead } from './ahead.ts';
import type { BlockCrew, BlockResult, UnpackedBlock } from './block-crew.ts';
import { damagedBzip2 } from './bzip2-errors.ts';
import { OutputLimit } from './output-limit.ts';
import { joined, packedBlock, packedSegments } from './packed-segments.ts';
import type { Segment } from './packed-segments.ts';
import { expandRuns } from './runs.ts';
import { StreamChecks } from './stream-checks.ts';
import type { Unpacker } from './unpacker.ts';

/** A segment, and, if it looks like a block, what becomes of it. */
interface Given {
  readonly segment: Segment;
  readonly result: Promise<BlockResult> | undefined;
}

/** Bits that look like a mark by chance are one in 2^48: more of them in one block are no chance. */
const MAX_FALSE_MARKS = 4;

/**
 * Unpacks with a crew: every block is given out as soon as the next mark is there, across streams, and taken back in
 * order. A mark that is none is noticed by the block before it, which then does not end there.
 */
export class ParallelUnpacker implements Unpacker {
  /** `onOtherBytes` is told when something follows the last stream; it is left out, as bzip2 itself does. */
  constructor(
    private readonly crew: BlockCrew,
    private readonly onOtherBytes: () => void = () => undefined,
  ) {}

  async *unpack(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const limit = new OutputLimit();
    const checks = new StreamChecks();
    const given = ahead(this.giveOut(packedSegments(limit.counting(packed))), this.crew.appetite);
    let isOver = false;
    for await (const { segment, result } of given) {
      if (isOver) {
        // Read all the same, for whoever has the bytes waits until they are taken. A mark: a stream without its header.
        if (segment.kind !== 'rest') throw damagedBzip2();
      } else if (segment.kind === 'head') checks.open(segment);
      else if (segment.kind === 'end') {
        const next = checks.endStream(segment);
        if (next === 'otherBytes') this.onOtherBytes();
        isOver = next !== 'stream';
      } else {
        const taken = await this.takeBack(segment, await result, given);
        checks.addBlock(taken.segment, taken.block);
        limit.add(taken.block.size);
        yield* plainBytes(taken.block);
      }
    }
    if (!isOver) throw damagedBzip2();
  }

  private async *giveOut(segments: AsyncIterable<Segment>): AsyncGenerator<Given> {
    for await (const segment of segments) {
      const result = segment.kind === 'block' ? this.crew.unpack(packedBlock(segment)) : undefined;
      // Awaited when its turn comes; by then somebody else may have ended everything.
      result?.catch(() => undefined);
      yield { segment, result };
    }
  }

  /** The block that begins with `segment`; as much of what follows is added as it takes. */
  private async takeBack(
    segment: Segment,
    first: BlockResult | undefined,
    following: AsyncGenerator<Given>,
  ): Promise<{ readonly segment: Segment; readonly block: UnpackedBlock }> {
    let whole = segment;
    let result = first;
    for (let falseMarks = 0; result?.verdict === 'tooShort' && falseMarks < MAX_FALSE_MARKS; falseMarks++) {
      const next = await following.next();
      if (next.done === true) break;
      whole = joined(whole, next.value.segment);
      result = await this.crew.unpack(packedBlock(whole));
    }
    if (result?.verdict !== 'fine') throw damagedBzip2();
    return { segment: whole, block: result };
  }
}

function* plainBytes({ text, hasPackedRuns }: UnpackedBlock): Iterable<Buffer> {
  if (hasPackedRuns) yield* expandRuns(text);
  else yield Buffer.from(text.buffer, text.byteOffset, text.byteLength);
}
