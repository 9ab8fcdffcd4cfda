import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';

export interface RawRequest {
  /** Of the request line; for a proxy's CONNECT the authority. */
  readonly path: string;
  /** The request as it came, to the end of its headers. */
  readonly head: string;
}

/** Answers one request by writing to its socket whatever it likes. */
export type RawAnswer = (socket: Socket, request: RawRequest) => void;

/** A server on a free loopback port that says byte for byte what a test wants. */
export class RawServer {
  readonly requests: RawRequest[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
    /** May be changed between requests. */
    public answer: RawAnswer,
  ) {
    server.on(scheme === 'https' ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.serve(socket);
    });
  }

  static async listen(answer: RawAnswer, tls?: TlsOptions): Promise<RawServer> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new RawServer(server, tls === undefined ? 'http' : 'https', answer);
  }

  get origin(): string {
    return `${this.scheme}://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let head = '';
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      const request = { path: head.split(' ')[1] ?? '', head };
      head = '';
      this.requests.push(request);
      this.answer(socket, request);
    });
  }
}

/** The bytes of an answer. A `content-length` of the body is added unless the headers have one. */
export function answerBytes(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Buffer = '',
): Buffer {
  const all = { 'content-length': String(Buffer.byteLength(body)), connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${String(status)} Status\r\n${lines.join('')}\r\n`, 'latin1'),
    Buffer.from(body),
  ]);
}

/** Sends a whole answer and ends the connection. */
export function reply(...answer: Parameters<typeof answerBytes>): RawAnswer {
  return (socket) => socket.end(answerBytes(...answer));
}

/** One answer after the other; the last one for all that follow. */
export function inTurn(...answers: readonly RawAnswer[]): RawAnswer {
  let asked = 0;
  return (socket, request) => {
    answers[Math.min(asked++, answers.length - 1)]?.(socket, request);
  };
}
