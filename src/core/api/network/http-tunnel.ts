import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Proxy } from './proxy-choice.ts';
import { failedAt, refusedBy } from './proxy-error.ts';
import type { CertificateCheck } from './trusted-certificates.ts';

/**
 * Has a proxy connect to `target` (CONNECT, RFC 9110, 9.3.6); the socket then is as one to the target itself. Rejects
 * with `proxy`, its `status` where the proxy refused, or `tls` where the proxy's own certificate is not trusted.
 * `signal` says when to give up.
 */
export function openHttpTunnel(
  proxy: Proxy,
  target: URL,
  tls: () => CertificateCheck,
  signal: AbortSignal,
): Promise<Socket> {
  const { url, login } = proxy;
  const authority = `${target.hostname}:${target.port || '443'}`;
  const options: RequestOptions = {
    method: 'CONNECT',
    host: url.hostname.replace(/^\[|\]$/gu, ''),
    port: url.port,
    path: authority,
    headers: { host: authority, ...(login && { 'proxy-authorization': login.authorization }) },
    agent: false,
  };
  const asked = url.protocol === 'https:' ? httpsRequest({ ...options, ...tls() }) : httpRequest(options);
  return new Promise<Socket>((resolve, reject) => {
    const giveUp = (): void => {
      asked.destroy(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp);
    asked.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      signal.removeEventListener('abort', giveUp);
      if (statusCode >= 200 && statusCode < 300) {
        socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(refusedBy(proxy, target, statusCode));
      }
    });
    asked.once('error', (error) => {
      signal.removeEventListener('abort', giveUp);
      reject(failedAt(proxy, error, signal.aborted));
    });
    asked.end();
  });
}
