import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { VtFeedsError } from '../../../src/core/common/errors.ts';
import type { MethodName, WorkerReply, WorkerRequest } from '../../../src/worker/protocol.ts';
import { serve } from '../../../src/worker/serve.ts';
import type { Handlers } from '../../../src/worker/serve.ts';
import { fromWire, toWire } from '../../../src/worker/wire-error.ts';

type CallContext = Parameters<Handlers['listDays']>[1];

/** The worker's side of a channel, with one function for every method. */
class Served {
  readonly replies: WorkerReply[] = [];
  private readonly port: MessagePort;
  private heard: (() => void) | undefined;

  constructor(handle: (input: unknown, context: CallContext) => unknown) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const answer = (input: unknown, context: CallContext): Promise<unknown> =>
      Promise.resolve().then(() => handle(input, context));
    const handlers = new Proxy({}, { get: (_, name) => (name === 'unknown' ? undefined : answer) });
    serve(port2, handlers);
    port1.on('message', (reply: WorkerReply) => {
      this.replies.push(reply);
      this.heard?.();
    });
  }

  send(request: WorkerRequest): void {
    this.port.postMessage(request);
  }

  call(call: number, method = 'listDays'): void {
    this.send({ type: 'call', call, method: method as MethodName, input: call });
  }

  async hears(count: number): Promise<WorkerReply[]> {
    while (this.replies.length < count) {
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
    }
    return this.replies;
  }

  close(): void {
    this.port.close();
  }
}

describe('serve', () => {
  let served: Served | undefined;
  afterEach(() => served?.close());

  it('answers with the result', async () => {
    served = new Served((input) => ({ got: input }));
    served.call(7);
    assert.deepEqual(await served.hears(1), [{ type: 'result', call: 7, output: { got: 7 } }]);
  });

  it('tells what happens before the result', async () => {
    served = new Served((_, { onEvent }) => {
      onEvent({ event: 'bytes', progress: { received: 1, total: undefined } });
      return null;
    });
    served.call(1);
    assert.deepEqual(
      (await served.hears(2)).map(({ type }) => type),
      ['event', 'result'],
    );
  });

  const failures: readonly (readonly [what: string, thrown: unknown, code: string])[] = [
    ['an error of ours', new VtFeedsError('tls', 'x'), 'tls'],
    ['any error', new TypeError('x'), 'internal'],
    ['an abort', new DOMException('x', 'AbortError'), 'cancelled'],
    ['a text', 'x', 'internal'],
    ['nothing', undefined, 'internal'],
  ];
  for (const [what, thrown, code] of failures) {
    it(`answers with a failure when ${what} is thrown`, async () => {
      served = new Served(() => {
        throw thrown;
      });
      served.call(1);
      const [reply] = await served.hears(1);
      assert.ok(reply?.type === 'failure' && reply.call === 1);
      assert.equal(reply.error.code, code);
    });
  }

  it('answers with a failure when the result cannot be sent', async () => {
    served = new Served(() => () => 'a function');
    served.call(1);
    assert.equal((await served.hears(1))[0]?.type, 'failure');
  });

  it('answers with a failure for a method nobody knows', async () => {
    served = new Served(() => null);
    served.call(1, 'unknown');
    assert.equal((await served.hears(1))[0]?.type, 'failure');
  });

  it('aborts the call that is cancelled, and no other', async () => {
    served = new Served(
      (input, { signal }) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
          if (input === 2) setImmediate(resolve, 'done');
        }),
    );
    served.call(1);
    served.call(2);
    served.send({ type: 'cancel', call: 1 });
    served.send({ type: 'cancel', call: 5 });
    const replies = await served.hears(2);
    assert.deepEqual(replies.map(({ call, type }) => [call, type]).sort(), [
      [1, 'failure'],
      [2, 'result'],
    ]);
  });
});

describe('errors over the wire', () => {
  it('keep code, message and facts, and the stacks of all their causes', () => {
    const cause = new Error('inner', { cause: new Error('innermost') });
    const sent = toWire(
      new VtFeedsError('cutShort', 'It broke.', { status: 200, batch: 'files/x' }, { cause }),
    );
    const got = fromWire(structuredClone(sent));
    assert.deepEqual(
      [got.code, got.message, got.facts],
      ['cutShort', 'It broke.', { status: 200, batch: 'files/x' }],
    );
    assert.match(got.stack ?? '', /It broke\.[^]*caused by Error: inner[^]*caused by Error: innermost/u);
  });

  it('end with an error that is its own cause', () => {
    const circular = new Error('round');
    circular.cause = circular;
    assert.ok(toWire(circular).stack.length < 20_000);
  });
});
