import type { Readable } from 'node:stream';

export interface HttpAnswer {
  readonly status: number;
  /** Header names in lower case; of a repeated header the first value. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body as it came. The receiver reads or destroys it. */
  readonly body: Readable;
}

/** Sends one GET and follows nothing. Rejects with a network error as the platform gives it. */
export interface Transport {
  get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpAnswer>;
  close(): Promise<void>;
}
