import type { IncomingMessage } from 'node:http';

/** One request, as a test wants to see it. */
export interface SampleRequest {
  readonly method: string;
  readonly origin: 'api' | 'storage';
  /** Without the query. */
  readonly path: string;
  /** In lower case. */
  readonly headerNames: readonly string[];
  /** Whether `x-apikey` was sent. */
  readonly keySent: boolean;
}

/** The latest requests are kept, this many. */
const MOST = 1000;

export class RequestLog {
  /** Newest last. */
  readonly requests: SampleRequest[] = [];

  add(origin: SampleRequest['origin'], { method = '', url = '', headers }: IncomingMessage): void {
    const [path = ''] = url.split('?');
    const headerNames = Object.keys(headers);
    this.requests.push({ method, origin, path, headerNames, keySent: 'x-apikey' in headers });
    if (this.requests.length > MOST) this.requests.shift();
  }
}
