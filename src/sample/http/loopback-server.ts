import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** From now on `handler` answers what comes in under the server's own name; other names get a 403. */
  serve(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1, out of reach of other machines. */
export async function listenOnLoopback(): Promise<LoopbackServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const ownNames = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    serve: (handler) => {
      server.on('request', (request, response) => {
        // A page on another site can point its own name at 127.0.0.1 (DNS rebinding); its Host tells.
        if (ownNames.includes(request.headers.host ?? '')) handler(request, response);
        else response.writeHead(403).end();
      });
    },
    close: async () => {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      server.closeAllConnections();
      await closed;
    },
  };
}
