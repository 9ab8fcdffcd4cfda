import type { Socket } from 'node:net';
import { answerBytes } from './raw-server.ts';
import type { RawAnswer } from './raw-server.ts';

/** How a storage stops before its answer is whole. */
export type Fault = (socket: Socket) => void;

export const FIN: Fault = (socket) => socket.end();
export const RST: Fault = (socket) => socket.resetAndDestroy();
export const SILENCE: Fault = () => undefined;

/** An object in a storage that takes ranges, as it answers when all is well and when it is not. */
export class StoredBytes {
  constructor(
    private readonly content: Buffer,
    private readonly headers: Readonly<Record<string, string>> = { etag: '"one"' },
  ) {}

  /** The whole, or the rest that is asked for. */
  readonly send: RawAnswer = (socket, { head }) => {
    socket.end(this.answerTo(head));
  };

  /** The headers and some bytes of the same, then `fault`. */
  sendOnly(bytes: number, fault: Fault): RawAnswer {
    return (socket, { head }) => {
      const answer = this.answerTo(head);
      const body = answer.indexOf('\r\n\r\n') + 4;
      socket.write(answer.subarray(0, body + bytes), () => {
        fault(socket);
      });
    };
  }

  private answerTo(head: string): Buffer {
    const from = Number(/^range: bytes=(\d+)-/imu.exec(head)?.[1] ?? '-1');
    if (from === -1) return answerBytes(200, this.headers, this.content);
    const total = this.content.length;
    const range = `bytes ${String(from)}-${String(total - 1)}/${String(total)}`;
    return answerBytes(206, { ...this.headers, 'content-range': range }, this.content.subarray(from));
  }
}
