import { VtFeedsError } from '../../common/errors.ts';

/** Whatever the packed size, this much is unpacked. */
const FREE_BYTES = 256 * 1024 * 1024;
/** Feeds pack to a fifth or a tenth (measured); what packs to less than this is made to fill a disk. */
const MAX_RATIO = 250;

/** Ends what unpacks to far more than a feed can. Sizes in bytes; {@link add} fails with `tooLarge`. */
export class OutputLimit {
  private packed = 0;
  private plain = 0;

  constructor(private readonly freeBytes = FREE_BYTES) {}

  /** Counts what comes in. */
  async *counting(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of packed) {
      this.packed += chunk.length;
      yield chunk;
    }
  }

  /** Counts what is to go out next. */
  add(plain: number): void {
    this.plain += plain;
    if (this.plain <= this.freeBytes + this.packed * MAX_RATIO) return;
    throw new VtFeedsError(
      'tooLarge',
      'The download unpacks to far more than a feed can hold. It was stopped and nothing was stored; report this batch.',
    );
  }
}
