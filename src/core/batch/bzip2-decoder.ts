import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import unbzip2Stream from 'unbzip2-stream';
import { VtFeedsError } from '../common/errors.ts';

/**
 * Unpacks bzip2, any number of streams one after the other, block by block. It refuses an empty body
 * (`emptyBody`), one that is not bzip2 (`notBzip2`), and one that is damaged or ends early (`corrupt`).
 */
export class Bzip2Decoder extends Transform {
  private readonly inner = unbzip2Stream();
  private head = Buffer.alloc(0);
  private failure: VtFeedsError | undefined;

  constructor() {
    super();
    this.inner.on('data', (plain: Buffer) => this.push(plain));
    this.inner.on('error', (error: Error) => {
      this.failure ??= corrupt(error);
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
      done(new VtFeedsError('emptyBody', 'The download was empty. Nothing was stored; try again.'));
    } else if (!isBzip2(this.head)) {
      done(notBzip2(this.head));
    } else {
      this.inner.end();
      done(this.failure);
    }
  }
}

/** The first four bytes of every bzip2 stream: `BZh` and the block size, 1 to 9. */
export function isBzip2(head: Buffer): boolean {
  return /^BZh[1-9]/u.test(head.toString('latin1', 0, 4));
}

function notBzip2(head: Buffer): VtFeedsError {
  const what = /^\s*</u.test(head.toString('latin1'))
    ? 'a web page (a login page of the network, perhaps)'
    : 'something else';
  return new VtFeedsError(
    'notBzip2',
    `The download is not bzip2 but ${what}. Nothing was stored; check the network and try again.`,
  );
}

function corrupt(cause: Error): VtFeedsError {
  return new VtFeedsError(
    'corrupt',
    'The download is damaged or ends too early (bzip2 check failed). Nothing was stored; try again.',
    {},
    { cause },
  );
}
