import { VtFeedsError } from '../common/errors.ts';
import type { ApiKey } from './api-key.ts';
import { networkError } from './network-error.ts';
import { redirectTarget } from './redirect.ts';
import type { HttpAnswer, Transport } from './transport.ts';

/** The right to ask one origin: a key belongs to the origin it was stored for. */
export interface ApiAccess {
  readonly origin: string;
  readonly apiKey: ApiKey;
}

export interface Hop {
  readonly url: URL;
  readonly answer: HttpAnswer;
}

/** `identity`: a second compression around bzip2 would hide a cut body. */
const PLAIN_HEADERS = { 'accept-encoding': 'identity', 'user-agent': 'vt-feeds-vscode' };

/**
 * The one place where the key meets a request. It goes out only with {@link ask}, whose address is made here
 * from the key's own origin and a path; a redirect is followed by {@link follow}, which has no key to send.
 */
export class ApiGate {
  constructor(
    private readonly access: ApiAccess,
    private readonly transport: Transport,
    private readonly proxied: boolean,
  ) {}

  /** Asks the API for `path` (from `/api/v3/` on) with the key. */
  ask(path: string, signal: AbortSignal): Promise<Hop> {
    const url = new URL(path, this.access.origin);
    if (url.origin !== this.access.origin || !url.pathname.startsWith('/api/v3/')) {
      throw new VtFeedsError('redirectRefused', 'The key was not sent: the address is not part of the API.');
    }
    return this.send(url, { ...PLAIN_HEADERS, 'x-apikey': this.access.apiKey }, signal);
  }

  /** Follows one redirect, without the key. */
  follow(hop: Hop, signal: AbortSignal): Promise<Hop> {
    hop.answer.body.destroy();
    const target = redirectTarget(hop.answer.headers.get('location'), hop.url, this.access.origin);
    return this.send(target, PLAIN_HEADERS, signal);
  }

  /** What a server said, the key taken out should it have been echoed. */
  conceal(text: string): string {
    return text.replace(new RegExp(this.access.apiKey, 'giu'), '<key>');
  }

  private async send(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Hop> {
    try {
      return { url, answer: await this.transport.get(url, headers, signal) };
    } catch (error) {
      throw networkError(error, { host: url.host, started: false, proxied: this.proxied });
    }
  }
}
