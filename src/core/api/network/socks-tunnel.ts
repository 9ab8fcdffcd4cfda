import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { VtFeedsError } from '../../common/errors.ts';
import type { Proxy } from './proxy-choice.ts';
import { failedAt, refusedBy } from './proxy-error.ts';

/** Numbers of SOCKS 5 (RFC 1928) and its login (RFC 1929). */
const VERSION = 5;
const NO_LOGIN = 0;
const LOGIN = 2;
const LOGIN_VERSION = 1;
const CONNECT = 1;
const BY_NAME = 3;
const NOT_ALLOWED = 2;
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

/** Has a SOCKS proxy connect to `target`, whose name it resolves. Otherwise as `openHttpTunnel`. */
export async function openSocksTunnel(proxy: Proxy, target: URL, signal: AbortSignal): Promise<Socket> {
  const host = proxy.url.hostname.replace(/^\[|\]$/gu, '');
  const socket = connect({ host, port: Number(proxy.url.port || '1080') });
  const broken = new AbortController();
  const breakOff = (cause?: Error): void => {
    broken.abort(cause ?? new Error('The proxy ended the connection.'));
  };
  socket.on('error', breakOff).on('end', breakOff);
  const talk: Talk = { socket, proxy, target, ending: AbortSignal.any([signal, broken.signal]) };
  try {
    await greet(talk);
    await askFor(talk);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error instanceof VtFeedsError ? error : failedAt(proxy, error, signal.aborted);
  } finally {
    socket.off('error', breakOff).off('end', breakOff);
  }
}

interface Talk {
  readonly socket: Socket;
  readonly proxy: Proxy;
  readonly target: URL;
  /** Nothing more will come. */
  readonly ending: AbortSignal;
}

async function greet(talk: Talk): Promise<void> {
  const { socket, proxy, target } = talk;
  const { login } = proxy;
  const methods = login === undefined ? [NO_LOGIN] : [NO_LOGIN, LOGIN];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [, method] = await take(talk, 2);
  if (method === NO_LOGIN) return;
  if (method !== LOGIN || login === undefined) throw refusedBy(proxy, target, 407);
  socket.write(Buffer.concat([Buffer.from([LOGIN_VERSION]), counted(login.user), counted(login.password)]));
  const [, refused] = await take(talk, 2);
  if (refused !== 0) throw refusedBy(proxy, target, 407);
}

async function askFor(talk: Talk): Promise<void> {
  const { socket, proxy, target } = talk;
  const port = Buffer.alloc(2);
  port.writeUInt16BE(Number(target.port || '443'));
  const name = counted(target.hostname.replace(/^\[|\]$/gu, ''));
  socket.write(Buffer.concat([Buffer.from([VERSION, CONNECT, 0, BY_NAME]), name, port]));
  const [, refused, , addressType = BY_NAME] = await take(talk, 4);
  if (refused !== 0) throw refusedBy(proxy, target, refused === NOT_ALLOWED ? 403 : 502);
  // Where the proxy connects from; nobody asked, but it is on the way.
  const [nameBytes = 0] = addressType === BY_NAME ? await take(talk, 1) : [];
  await take(talk, (ADDRESS_BYTES[addressType] ?? nameBytes) + port.length);
}

/** Texts are told with their length in one byte. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** Exactly so many bytes; the rest stays for whoever reads next. */
async function take({ socket, ending }: Talk, bytes: number): Promise<Buffer> {
  for (;;) {
    const taken = socket.read(bytes) as Buffer | null;
    if (taken?.length === bytes) return taken;
    await once(socket, 'readable', { signal: ending });
  }
}
