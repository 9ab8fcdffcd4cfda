import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { makeConnector } from './connector.ts';
import type { Connector } from './connector.ts';
import { timedOut } from './network-error.ts';
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

/** HTTP over Node.js itself, each request over a connection of its own: a job asks few, and each a different host. */
export class HttpTransport implements Transport {
  private readonly anywhere: Connector;
  private readonly publicOnly: Connector;
  private readonly headersTimeoutMs: number;
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
    };
    this.headersTimeoutMs = options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS;
    this.anywhere = makeConnector({ ...parts, lookup: undefined });
    this.publicOnly = makeConnector({ ...parts, lookup: publicLookup(options.lookup) });
  }

  async get(url: URL, headers: Headers, signal: AbortSignal, options: GetOptions): Promise<HttpAnswer> {
    const ending = AbortSignal.any([signal, this.closing.signal]);
    const connect = options.publicOnly ? this.publicOnly : this.anywhere;
    const socket = await connect(url, ending);
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const asked = ask(url, { headers, createConnection: () => socket });
    const answer = await this.answerOf(asked, ending);
    // A body that is destroyed unread errs with nobody listening; whoever reads it still gets the error.
    answer.on('error', () => undefined);
    const fields = Object.entries(answer.headersDistinct).map(([name, values = []]): [string, string] => [
      name,
      values.join(', '),
    ]);
    return { status: answer.statusCode ?? 0, headers: new Map(fields), body: answer };
  }

  /** Ends every connection at once, those in use and those being made as well. */
  close(): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }

  /** The pace of a body is watched by its reader, who knows when it was not reading; here only the headers' is. */
  private answerOf(asked: ClientRequest, ending: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      let running: ClientRequest | IncomingMessage = asked;
      const end = (): void => {
        running.destroy(ending.reason as Error);
      };
      const tooLate = setTimeout(() => asked.destroy(timedOut()), this.headersTimeoutMs);
      ending.addEventListener('abort', end);
      asked.once('close', () => {
        clearTimeout(tooLate);
        ending.removeEventListener('abort', end);
      });
      asked.once('response', (answer) => {
        clearTimeout(tooLate);
        running = answer;
        resolve(answer);
      });
      asked.on('error', reject);
      asked.end();
    });
  }
}
