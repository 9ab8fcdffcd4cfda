import { Readable } from 'node:stream';
import type { GetOptions, HttpAnswer, Transport } from '../../src/core/api/network/transport.ts';

export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly publicOnly: boolean;
}

/** Answers from a script; a thrown error is the network's. Header names in lower case. */
export class FakeTransport implements Transport {
  readonly sent: SentRequest[] = [];
  /** Every body handed out, so that a test can see that each was read or closed. */
  readonly bodies: Readable[] = [];

  constructor(private readonly script: (url: URL, nth: number) => FakeAnswer) {}

  get(
    url: URL,
    headers: Readonly<Record<string, string>>,
    _signal: AbortSignal,
    { publicOnly }: GetOptions,
  ): Promise<HttpAnswer> {
    this.sent.push({ url: url.href, headers, publicOnly });
    return Promise.resolve().then(() => {
      const [status, fields = {}, body = ''] = this.script(url, this.sent.length);
      const stream = Readable.from([Buffer.from(body)], { objectMode: false });
      this.bodies.push(stream);
      return { status, headers: new Map(Object.entries(fields)), body: stream };
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export type FakeAnswer = readonly [
  status: number,
  headers?: Readonly<Record<string, string>>,
  body?: string | Buffer,
];

/** The API's error envelope. */
export function envelope(code: string, message = ''): string {
  return JSON.stringify({ error: { code, message } });
}
