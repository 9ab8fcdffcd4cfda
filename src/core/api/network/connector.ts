import { once } from 'node:events';
import { connect as connectPlain, isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { openHttpTunnel } from './http-tunnel.ts';
import { isAbort } from '../../common/errors.ts';
import { timedOut } from './network-error.ts';
import type { ProxyChoice } from './proxy-choice.ts';
import { openSocksTunnel } from './socks-tunnel.ts';
import type { CertificateCheck } from './trusted-certificates.ts';

/** Connects to the host of a URL, secured where its scheme says so. Rejects when `signal` is aborted, or with its error. */
export type Connector = (url: URL, signal: AbortSignal) => Promise<Socket>;

export interface ConnectorParts {
  readonly choice: ProxyChoice;
  /** Asked for at the first secure connection. */
  readonly tls: () => CertificateCheck;
  /** For connections without a proxy; undefined: the system's. */
  readonly lookup: LookupFunction | undefined;
  /** How long a connection, with that to a proxy, may take to be made, milliseconds. */
  readonly timeoutMs: number;
}

/** Makes connections straight, or through the proxy that is chosen for the host. */
export function makeConnector({ choice, tls, lookup, timeoutMs }: ConnectorParts): Connector {
  const tunnelTo = (url: URL, ending: AbortSignal): Promise<Socket> | undefined => {
    const proxy = choice.proxyFor(url);
    if (proxy?.url.protocol === 'socks5:') return openSocksTunnel(proxy, url, ending);
    return proxy && openHttpTunnel(proxy, url, tls, ending);
  };
  const connect = async (url: URL, ending: AbortSignal): Promise<Socket> => {
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    const isSecure = url.protocol === 'https:';
    const port = Number(url.port || (isSecure ? '443' : '80'));
    const tunnel = await tunnelTo(url, ending);
    const way = tunnel === undefined ? { host, port, ...(lookup && { lookup }) } : { socket: tunnel };
    if (!isSecure) return tunnel ?? established(connectPlain({ host, port, ...way }), 'connect', ending);
    const servername = isIP(host) === 0 ? host : '';
    // One download fills one connection: HTTP/2 would only let downloads share their faults.
    const secure = connectSecurely({ ...way, servername, ALPNProtocols: ['http/1.1'], ...tls() });
    return established(secure, 'secureConnect', ending);
  };
  return async (url, signal) => {
    try {
      return await connect(url, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    } catch (error) {
      signal.throwIfAborted();
      throw isAbort(error) ? timedOut() : error;
    }
  };
}

async function established(socket: Socket, event: string, ending: AbortSignal): Promise<Socket> {
  try {
    await once(socket, event, { signal: ending });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
