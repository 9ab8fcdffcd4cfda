import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { openHttpTunnel } from './http-tunnel.ts';
import type { ProxyChoice } from './proxy-choice.ts';
import { openSocksTunnel } from './socks-tunnel.ts';
import type { CertificateCheck } from './trusted-certificates.ts';

/** How undici has a connection made. */
export type Connector = ReturnType<typeof buildConnector>;

export interface ConnectorParts {
  readonly choice: ProxyChoice;
  /** Asked for at the first secure connection. */
  readonly tls: () => CertificateCheck;
  /** For connections without a proxy; undefined: the system's. */
  readonly lookup: LookupFunction | undefined;
  /** How long a connection, or a proxy's, may take to be made, milliseconds. */
  readonly timeoutMs: number;
  /** Ends connections to a proxy that are being made. */
  readonly closing: AbortSignal;
}

/** Makes connections straight, or through the proxy that is chosen for the host. */
export function makeConnector({ choice, tls, lookup, timeoutMs, closing }: ConnectorParts): Connector {
  // One download fills one connection: HTTP/2 would only let downloads share their faults.
  const common = { timeout: timeoutMs, allowH2: false, ...(lookup && { lookup }) };
  const plain = buildConnector(common);
  let made: Connector | undefined;
  const secure: Connector = (options, callback) => {
    made ??= buildConnector({ ...common, ...tls() });
    made(options, callback);
  };
  return (options, callback) => {
    const isSecure = options.protocol === 'https:';
    const target = new URL(`${options.protocol}//${options.host ?? options.hostname}`);
    const proxy = choice.proxyFor(target);
    if (proxy === undefined) {
      (isSecure ? secure : plain)(options, callback);
      return;
    }
    const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
    const tunnel =
      proxy.url.protocol === 'socks5:'
        ? openSocksTunnel(proxy, target, signal)
        : openHttpTunnel(proxy, target, tls, signal);
    tunnel.then(
      (socket) => {
        secure({ ...options, httpSocket: socket }, callback);
      },
      (error: unknown) => {
        callback(error as Error, null);
      },
    );
  };
}
