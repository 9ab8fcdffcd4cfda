import { Agent, request } from 'undici';
import { makeConnector } from './connector.ts';
import type { NetworkSettings } from './network-settings.ts';
import { ProxyChoice } from './proxy-choice.ts';
import { publicLookup } from './public-lookup.ts';
import type { NameLookup } from './public-lookup.ts';
import type { GetOptions, Headers, HttpAnswer, Transport } from './transport.ts';
import { trustedCertificates } from './trusted-certificates.ts';
import type { CertificateCheck } from './trusted-certificates.ts';

export interface TransportOptions {
  readonly connectTimeoutMs?: number;
  readonly headersTimeoutMs?: number;
  /** How names are found; undefined: as the system does. */
  readonly lookup?: NameLookup;
}

const CONNECT_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 30_000;

/** HTTP over undici, with dispatchers of its own so that no other extension's network is touched. */
export class UndiciTransport implements Transport {
  private readonly anywhere: Agent;
  private readonly publicOnly: Agent;
  private readonly closing = new AbortController();

  /** Throws `proxy` where the user's proxy is no address. */
  constructor(settings: NetworkSettings = {}, options: TransportOptions = {}) {
    const { strictSsl, systemCertificates } = settings;
    let tls: CertificateCheck | undefined;
    const parts = {
      choice: new ProxyChoice(settings),
      tls: () =>
        (tls ??= {
          // Said aloud, for NODE_TLS_REJECT_UNAUTHORIZED could say otherwise.
          rejectUnauthorized: strictSsl ?? true,
          secureContext: trustedCertificates(systemCertificates ?? true),
        }),
      timeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      closing: this.closing.signal,
    };
    // The pace of a body is watched by its reader, who knows when it was not reading.
    const timeouts = { headersTimeout: options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS, bodyTimeout: 0 };
    this.anywhere = new Agent({ ...timeouts, connect: makeConnector({ ...parts, lookup: undefined }) });
    this.publicOnly = new Agent({
      ...timeouts,
      connect: makeConnector({ ...parts, lookup: publicLookup(options.lookup) }),
    });
  }

  async get(url: URL, headers: Headers, signal: AbortSignal, options: GetOptions): Promise<HttpAnswer> {
    const dispatcher = options.publicOnly ? this.publicOnly : this.anywhere;
    const asked = request(url, { dispatcher, method: 'GET', headers, signal });
    const answer = await orAborted(asked, signal);
    // A body that is destroyed unread errs with nobody listening; whoever reads it still gets the error.
    answer.body.on('error', () => undefined);
    const fields = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    );
    return { status: answer.statusCode, headers: new Map(fields), body: answer.body };
  }

  /** Ends every connection at once, those in use and those being made as well. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([this.anywhere.destroy(), this.publicOnly.destroy()]);
  }
}

/** undici heeds the signal only once it is connected; a proxy that keeps silent must not hold a cancelled request. */
function orAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    void asked.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
