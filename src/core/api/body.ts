import { Readable } from 'node:stream';
import { VtFeedsError } from '../common/errors.ts';
import type { Hop } from './api-gate.ts';
import { networkError } from './network-error.ts';

/** A download that has begun. The receiver reads `stream` to its end or destroys it. */
export interface RemoteBody {
  /** Fails with `cutShort` when fewer bytes come than were announced. */
  readonly stream: Readable;
  /** Bytes, where the server told. */
  readonly length: number | undefined;
}

/** The body of a successful answer, held against its `Content-Length`. */
export function wholeBody(hop: Hop, proxied: boolean): RemoteBody {
  const { url, answer } = hop;
  if ((answer.headers.get('content-encoding') ?? 'identity') !== 'identity') {
    answer.body.destroy();
    throw new VtFeedsError('protocol', `${url.host} compressed the download a second time. Try again later.`);
  }
  const header = answer.headers.get('content-length') ?? '';
  const length = /^\d{1,15}$/u.test(header) ? Number(header) : undefined;
  return { stream: Readable.from(counted(hop, length, proxied), { objectMode: false }), length };
}

async function* counted(
  { url, answer }: Hop,
  expected: number | undefined,
  proxied: boolean,
): AsyncGenerator<Buffer> {
  let received = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      received += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw networkError(error, { host: url.host, started: true, proxied });
  }
  if (expected !== undefined && received < expected) {
    throw new VtFeedsError(
      'cutShort',
      `${url.host} sent ${String(received)} of ${String(expected)} bytes. Nothing was stored; try again.`,
    );
  }
}
