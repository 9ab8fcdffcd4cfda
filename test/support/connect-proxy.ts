import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';

export interface ConnectProxy {
  readonly origin: string;
  /** What each CONNECT named, and the login that came with it. */
  readonly asked: readonly { readonly authority: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** A proxy on the loopback address that leads every tunnel to `target`, whatever was asked for. */
export async function listenAsProxy(target: string, tls?: TlsOptions): Promise<ConnectProxy> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const asked: { authority: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push({ authority: url, authorization: headers['proxy-authorization'] });
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
