import { Worker } from 'node:worker_threads';
import type { BlockResult, PackedBlock } from '../core/batch/bzip2/block-crew.ts';
import type { DecoderData, DecoderReply, DecoderRequest } from './decoder-protocol.ts';

export interface PendingBlock {
  readonly block: PackedBlock;
  readonly resolve: (result: BlockResult) => void;
  readonly reject: (error: Error) => void;
}

/** One thread that unpacks blocks. It settles every block it was given, also when it errs or is ended. */
export class DecoderThread {
  /** Resolves when the thread can unpack; rejects when it cannot start. */
  readonly ready: Promise<void>;
  private readonly worker: Worker;
  private readonly given: PendingBlock[] = [];
  private failure: Error | undefined;

  /** `onFree` is called whenever it has handed something back, also when it fails. */
  constructor(
    script: string,
    data: DecoderData,
    private readonly onFree: () => void,
  ) {
    this.worker = new Worker(script, { execArgv: [], workerData: data });
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (reply: DecoderReply) => {
        if (reply.type === 'ready') {
          resolve();
          return;
        }
        this.given.shift()?.resolve(reply.result);
        this.onFree();
      });
      const fail = (error: Error): void => {
        this.fail(error);
        reject(error);
      };
      this.worker.on('error', fail);
      this.worker.on('messageerror', fail);
      this.worker.on('exit', () => {
        fail(new Error('a decoder thread ended'));
      });
    });
    this.ready.catch(() => undefined);
  }

  /** False once it is gone. */
  get isFine(): boolean {
    return this.failure === undefined;
  }

  /** Blocks it has not answered yet. */
  get load(): number {
    return this.given.length;
  }

  unpack(pending: PendingBlock): void {
    if (this.failure !== undefined) {
      pending.reject(this.failure);
      return;
    }
    this.given.push(pending);
    this.worker.postMessage(pending.block satisfies DecoderRequest);
  }

  /** Ends the thread at once, whatever it is doing. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.given.splice(0)) reject(this.failure);
    this.onFree();
  }
}
