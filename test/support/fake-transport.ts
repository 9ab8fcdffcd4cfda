import { Readable } from 'node:stream';
import type { HttpAnswer, Transport } from '../../src/core/api/transport.ts';

export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers from a script; a thrown error is the network's. Header names in lower case. */
export class FakeTransport implements Transport {
  readonly sent: SentRequest[] = [];
  /** Every body handed out, so that a test can see that each was read or closed. */
  readonly bodies: Readable[] = [];

  constructor(private readonly script: (url: URL, nth: number) => FakeAnswer) {}

  get(url: URL, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    this.sent.push({ url: url.href, headers });
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
