import { Readable } from 'node:stream';
import { VtFeedsError } from '../../common/errors.ts';
import type { Hop } from '../api-gate.ts';
import type { ResumingBody } from './resuming-body.ts';

/** A download that has begun. The receiver reads `stream` to its end or destroys it. */
export interface RemoteBody {
  /**
   * The whole object, each byte once, by as many connections as it takes. It ends only when as much has come as was
   * announced and it matches the hash that was named, if any. It fails with
   * - `cutShort` where what came cannot be continued: the download has to begin at 0 (see `restartable`),
   * - `hashMismatch` where the bytes are not those the storage named,
   * - `offline`, `timeout`, `quotaExceeded` … as asking for it does, when the rest could not be had.
   */
  readonly stream: Readable;
  /** Bytes, where the server told. */
  readonly length: number | undefined;
}

/** A stream that reads as fast as its reader, and lets go of the network at once when it is destroyed. */
export function remoteBody(body: ResumingBody): RemoteBody {
  const stream = new Readable({
    read(): void {
      body.read().then(
        (chunk) => this.push(chunk ?? null),
        (error: unknown) => this.destroy(error as Error),
      );
    },
    destroy(error, done): void {
      body.close();
      done(error);
    },
  });
  return { stream, length: body.total };
}

/** Refuses an answer that was compressed a second time: the hash, the length and a part mean other bytes then. */
export function assertPlain({ url, answer }: Hop): void {
  if ((answer.headers.get('content-encoding') ?? 'identity') === 'identity') return;
  answer.body.destroy();
  throw new VtFeedsError('protocol', `${url.host} compressed the download a second time. Try again later.`);
}
