import { getCACertificates, rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, request } from 'undici';
import { VtFeedsError } from '../common/errors.ts';
import type { HttpAnswer, Transport } from './transport.ts';

/** How the user reaches the network; from VS Code's `http.*` settings. */
export interface NetworkSettings {
  /** Proxy address; empty: the environment's HTTPS_PROXY, if any. */
  readonly proxy?: string;
  /** Hosts that are reached without the proxy; empty: the environment's NO_PROXY. */
  readonly noProxy?: readonly string[];
  /** False only when the user switched certificate checks off in VS Code. */
  readonly strictSsl?: boolean;
}

const HEADERS_TIMEOUT_MS = 30_000;
const BODY_TIMEOUT_MS = 60_000;
const LOOPBACK = ['127.0.0.1', 'localhost'];

/** HTTP over undici, with a dispatcher of its own so that no other extension's network is touched. */
export class UndiciTransport implements Transport {
  /** Whether requests to the internet go through a proxy; it changes what a failed connection means. */
  readonly proxied: boolean;
  private readonly dispatcher: EnvHttpProxyAgent;

  constructor(settings: NetworkSettings = {}) {
    const { proxy, noProxy, strictSsl } = settings;
    if (proxy && !/^https?:\/\/[^/]/u.test(proxy)) throw unusableProxy();
    const direct = noProxy?.length
      ? noProxy
      : (process.env.NO_PROXY ?? process.env.no_proxy ?? '').split(',');
    const { HTTPS_PROXY, https_proxy } = process.env;
    this.proxied = [proxy, HTTPS_PROXY, https_proxy].some(Boolean);
    const tls = { rejectUnauthorized: strictSsl ?? true, ca: trustedCertificates() };
    this.dispatcher = new EnvHttpProxyAgent({
      ...(proxy ? { httpProxy: proxy, httpsProxy: proxy } : {}),
      noProxy: [...direct, ...LOOPBACK].filter((host) => host !== '').join(','),
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: BODY_TIMEOUT_MS,
      connect: tls,
      requestTls: tls,
      proxyTls: tls,
    });
  }

  async get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpAnswer> {
    const asked = request(url, { dispatcher: this.dispatcher, method: 'GET', headers, signal });
    const answer = await orAborted(asked, signal);
    // A body that is destroyed unread errs with nobody listening; whoever reads it still gets the error.
    answer.body.on('error', () => undefined);
    const first = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] => {
      const text = Array.isArray(value) ? value[0] : value;
      return text === undefined ? [] : [[name, text]];
    });
    return { status: answer.statusCode, headers: new Map(first), body: answer.body };
  }

  /** Ends every connection at once, those in use as well. */
  close(): Promise<void> {
    return this.dispatcher.destroy();
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

/** Node.js's own certificates and the system's, where a company keeps those of its proxy; read once. */
let certificates: string[] | undefined;

function trustedCertificates(): string[] {
  certificates ??= [...rootCertificates, ...getCACertificates('system'), ...getCACertificates('extra')];
  return certificates;
}

function unusableProxy(): VtFeedsError {
  return new VtFeedsError(
    'proxy',
    'The setting http.proxy is not an address that can be used. Write it as http://host:port or https://host:port.',
  );
}
