import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { IncomingMessage, Server, ServerResponse } from 'node:http';

const path = '/mint-key';

/**
 * Makes all HTTP servers of this process answer the request by which the page asks for its half of the key that
 * encrypts secrets. Without an answer the page keeps secrets in memory and forgets them on reload. The other half
 * and the secrets stay in the browser, so this half gives nothing away.
 */
export function serveSecretKey(): void {
  const key = randomBytes(32);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the server it belongs to
  const { emit } = EventEmitter.prototype;
  Server.prototype.emit = function (
    this: Server,
    event: string | symbol,
    ...args: readonly unknown[]
  ): boolean {
    const [request, response] = args;
    if (
      event === 'request' &&
      request instanceof IncomingMessage &&
      response instanceof ServerResponse &&
      request.method === 'POST' &&
      request.url?.split('?')[0] === path
    ) {
      response
        .writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
        .end(key);
      return true;
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}
