import { parentPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { OnEvent } from '../core/download/progress.ts';
import type { MethodInput, MethodName, MethodOutput, WorkerReply, WorkerRequest } from './protocol.ts';
import { cancelled } from '../core/common/errors.ts';
import { toWire } from './wire-error.ts';

export interface CallContext {
  readonly signal: AbortSignal;
  readonly onEvent: OnEvent;
}

/** One function for every method. */
export type Handlers = {
  readonly [M in MethodName]: (input: MethodInput<M>, context: CallContext) => Promise<MethodOutput<M>>;
};

/** Answers the thread that started this one. */
export function serveParent(handlers: Partial<Handlers>): void {
  if (parentPort === null) throw new Error('this file runs as a worker thread');
  serve(parentPort, handlers);
}

/** Answers the calls that come through `port`, each to its end, whatever it throws. */
export function serve(port: MessagePort, handlers: Partial<Handlers>): void {
  const running = new Map<number, AbortController>();
  const reply = (message: WorkerReply): void => {
    port.postMessage(message);
  };
  const answer = async (call: number, method: MethodName, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(call, controller);
    const handle = handlers[method] as (input: unknown, context: CallContext) => Promise<unknown>;
    try {
      const output = await handle(input, {
        signal: controller.signal,
        onEvent: (event) => {
          reply({ type: 'event', call, event });
        },
      });
      reply({ type: 'result', call, output });
    } catch (error) {
      // A stream that is cut fails in many ways; after a cancel they all mean the same.
      reply({ type: 'failure', call, error: toWire(controller.signal.aborted ? cancelled() : error) });
    } finally {
      running.delete(call);
    }
  };
  port.on('message', (request: WorkerRequest) => {
    if (request.type === 'cancel') running.get(request.call)?.abort();
    else void answer(request.call, request.method, request.input);
  });
}
