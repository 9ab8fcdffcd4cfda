import { Worker } from 'node:worker_threads';
import { VtFeedsError, cancelled } from '../core/common/errors.ts';
import type { OnEvent } from '../core/download/progress.ts';
import type { MethodInput, MethodName, MethodOutput, WorkerReply, WorkerRequest } from './protocol.ts';
import { fromWire } from './wire-error.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: OnEvent;
}

interface Pending {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: OnEvent | undefined;
}

const CANCEL_GRACE_MS = 1500;
/** Young garbage holds the blocks of a batch, which are many times larger: collected often, an hour takes a quarter less (measured). */
const YOUNG_GENERATION_MB = 4;

/**
 * One worker thread. Every call settles: by its answer, or because the thread erred, left or was ended. An idle
 * thread does not keep the process alive.
 */
export class WorkerClient {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private calls = 0;
  private ended: VtFeedsError | undefined;

  /** `script` is the worker bundle's path; a cancelled call that has not ended after `graceMs` is ended with its thread. */
  constructor(
    script: string,
    private readonly graceMs = CANCEL_GRACE_MS,
  ) {
    this.worker = new Worker(script, {
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.worker.on('message', (reply: WorkerReply) => {
      this.settle(reply);
    });
    this.worker.on('error', (error) => {
      this.end(crashed(error));
    });
    this.worker.on('exit', (code) => {
      this.end(crashed(new Error(`worker exited with ${String(code)}`)));
    });
    this.worker.unref();
  }

  /** False once the thread is gone. */
  get alive(): boolean {
    return this.ended === undefined;
  }

  /** Runs a method in the thread. Aborting rejects with `cancelled` when the thread has let go of it. */
  async call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    { signal, onEvent }: CallOptions = {},
  ): Promise<MethodOutput<M>> {
    if (this.ended !== undefined) throw this.ended;
    if (signal?.aborted === true) throw cancelled();
    const call = ++this.calls;
    let grace: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      this.post({ type: 'cancel', call });
      grace = setTimeout(() => void this.dispose(), this.graceMs);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.worker.ref();
    try {
      return await new Promise<MethodOutput<M>>((resolve, reject) => {
        this.pending.set(call, { resolve: resolve as Pending['resolve'], reject, onEvent });
        this.post({ type: 'call', call, method, input });
      });
    } finally {
      clearTimeout(grace);
      if (this.pending.size === 0) this.worker.unref();
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the thread; calls still running reject with `cancelled`. */
  async dispose(): Promise<void> {
    this.end(cancelled());
    await this.worker.terminate();
  }

  private post(request: WorkerRequest): void {
    this.worker.postMessage(request);
  }

  private settle(reply: WorkerReply): void {
    const call = this.pending.get(reply.call);
    if (reply.type === 'event') {
      call?.onEvent?.(reply.event);
      return;
    }
    this.pending.delete(reply.call);
    if (reply.type === 'result') call?.resolve(reply.output);
    else call?.reject(fromWire(reply.error));
  }

  private end(error: VtFeedsError): void {
    this.ended ??= error;
    for (const { reject } of this.pending.values()) reject(this.ended);
    this.pending.clear();
  }
}

function crashed(cause: Error): VtFeedsError {
  return new VtFeedsError(
    'internal',
    'A background worker ended unexpectedly. Try again; the log has the details.',
    {},
    { cause },
  );
}
