import type { Readable } from 'node:stream';

/** Names in lower case. */
export type Headers = Readonly<Record<string, string>>;

export interface HttpAnswer {
  readonly status: number;
  /** Header names in lower case; the values of a repeated header joined with `, ` (RFC 9110, 5.3). */
  readonly headers: ReadonlyMap<string, string>;
  /** The body as it came. The receiver reads or destroys it. */
  readonly body: Readable;
}

export interface GetOptions {
  /** Refuse a host whose name resolves to this machine or its network. A proxy resolves names by itself. */
  readonly publicOnly: boolean;
}

/**
 * Sends one GET and follows nothing. Rejects with a network error as the platform gives it, or with one of our own
 * family where it knows more; headers that do not come in time are an error, the pace of the body is the receiver's.
 */
export interface Transport {
  get(url: URL, headers: Headers, signal: AbortSignal, options: GetOptions): Promise<HttpAnswer>;
  close(): Promise<void>;
}
