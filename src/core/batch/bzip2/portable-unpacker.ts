import { Readable, Transform, pipeline } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import unbzip2Stream from 'unbzip2-stream';
import { VtFeedsError } from '../../common/errors.ts';
import { damagedBzip2, emptyBody, isBzip2, notBzip2 } from './bzip2-errors.ts';
import { OutputLimit } from './output-limit.ts';
import type { Unpacker } from './unpacker.ts';

/**
 * Unpacks in plain JavaScript, on the thread it is called on: where WebAssembly or threads cannot be had. Several
 * times slower, and bytes behind the last stream are `corrupt` to it.
 */
export class PortableUnpacker implements Unpacker {
  /** `freeBytes` as {@link OutputLimit} has it. */
  constructor(private readonly freeBytes?: number) {}

  async *unpack(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const limit = new OutputLimit(this.freeBytes);
    const source = Readable.from(limit.counting(packed), { objectMode: false });
    yield* pipeline(source, new Bzip2Decoder(limit), () => undefined) as AsyncIterable<Buffer>;
  }
}

/** unbzip2-stream as a stream of today, that tells what is wrong. */
class Bzip2Decoder extends Transform {
  private readonly inner = unbzip2Stream();
  private head = Buffer.alloc(0);
  private failure: VtFeedsError | undefined;

  constructor(limit: OutputLimit) {
    super();
    this.inner.on('data', (plain: Buffer) => {
      // Here and not behind: it decodes all it has in one go, and only a failure stops it.
      limit.add(plain.length);
      this.push(plain);
    });
    this.inner.on('error', (error: Error) => {
      this.failure ??= error instanceof VtFeedsError ? error : damagedBzip2(error);
    });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.head.length < 4) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, 4)]);
      if (this.head.length >= 4 && !isBzip2(this.head)) {
        done(notBzip2(this.head));
        return;
      }
    }
    this.inner.write(chunk);
    done(this.failure);
  }

  override _flush(done: TransformCallback): void {
    if (this.head.length === 0) {
      done(emptyBody());
    } else if (!isBzip2(this.head)) {
      done(notBzip2(this.head));
    } else {
      this.inner.end();
      done(this.failure);
    }
  }
}
