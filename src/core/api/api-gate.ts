import { VtFeedsError } from '../common/errors.ts';
import type { ApiKey } from './api-key.ts';
import { ApiPause } from './api-pause.ts';
import { systemClock } from './clock.ts';
import { networkError } from './network/network-error.ts';
import { isLoopbackOrigin } from './origin.ts';
import { redirectTarget } from './redirect.ts';
import type { Headers, HttpAnswer, Transport } from './network/transport.ts';

/** The right to ask one origin: a key belongs to the origin it was stored for. */
export interface ApiAccess {
  readonly origin: string;
  readonly apiKey: ApiKey;
}

export interface Hop {
  readonly url: URL;
  readonly answer: HttpAnswer;
  /** Redirects that led here. */
  readonly redirects: number;
}

/** `identity`: a second compression around bzip2 would hide a cut body. */
const PLAIN_HEADERS = { 'accept-encoding': 'identity', 'user-agent': 'vt-feeds-vscode' };

/**
 * The one place where the key meets a request. It goes out only with {@link ask}, whose address is made here
 * from the key's own origin and a path; a redirect is followed by {@link follow}, which has no key to send.
 * Nothing goes out during a pause the service asked for.
 */
export class ApiGate {
  constructor(
    private readonly access: ApiAccess,
    private readonly transport: Transport,
    private readonly pause = new ApiPause(systemClock),
  ) {}

  /** Asks the API for `path` (from `/api/v3/` on) with the key. */
  ask(path: string, signal: AbortSignal, extra: Headers = {}): Promise<Hop> {
    const url = new URL(path, this.access.origin);
    if (url.origin !== this.access.origin || !url.pathname.startsWith('/api/v3/')) {
      throw new VtFeedsError('redirectRefused', 'The key was not sent: the address is not part of the API.');
    }
    const headers = { ...PLAIN_HEADERS, ...extra, 'x-apikey': this.access.apiKey };
    return this.send(url, headers, signal, { redirects: 0, publicOnly: false });
  }

  /** Follows one redirect, without the key. */
  follow(hop: Hop, signal: AbortSignal, extra: Headers = {}): Promise<Hop> {
    hop.answer.body.destroy();
    const target = redirectTarget(hop.answer.headers.get('location'), hop.url, this.access.origin);
    if (this.conceal(target.href) !== target.href) {
      throw new VtFeedsError('redirectRefused', 'The download was not followed: its address holds the key.');
    }
    const redirects = hop.redirects + 1;
    const publicOnly = !isLoopbackOrigin(this.access.origin);
    return this.send(target, { ...PLAIN_HEADERS, ...extra }, signal, { redirects, publicOnly });
  }

  /** Sends nothing more before `retryAt`, Unix milliseconds. */
  heed(retryAt: number): void {
    this.pause.heed(retryAt);
  }

  /** What a server said, the key taken out should it have been echoed. */
  conceal(text: string): string {
    return text.replace(new RegExp(this.access.apiKey, 'giu'), '<key>');
  }

  private async send(
    url: URL,
    headers: Headers,
    signal: AbortSignal,
    { redirects, publicOnly }: { readonly redirects: number; readonly publicOnly: boolean },
  ): Promise<Hop> {
    try {
      await this.pause.passed(signal);
      return { url, answer: await this.transport.get(url, headers, signal, { publicOnly }), redirects };
    } catch (error) {
      throw networkError(error, { host: url.host, started: false });
    }
  }
}
