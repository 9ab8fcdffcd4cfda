import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface SocksProxy {
  readonly origin: string;
  /** What it was told, message by message. */
  readonly told: readonly Buffer[];
  close(): Promise<void>;
}

/**
 * A SOCKS proxy on the loopback address that answers each message with the next of `replies`, and after the last one
 * leads on to `target`.
 */
export async function listenAsSocksProxy(target: string, replies: readonly Buffer[]): Promise<SocksProxy> {
  const told: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const keep = (end: Socket): void => {
      sockets.add(end);
      end.on('error', () => undefined);
    };
    keep(socket);
    const left = [...replies];
    socket.on('data', function answer(message: Buffer) {
      told.push(message);
      const next = left.shift();
      if (next === undefined) socket.end();
      else socket.write(next);
      if (left.length > 0 || next === undefined) return;
      socket.off('data', answer);
      const upstream = connect(Number(new URL(target).port), '127.0.0.1');
      keep(upstream);
      socket.pipe(upstream).pipe(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `socks5://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    told,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
