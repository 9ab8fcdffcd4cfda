import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../../src/core/common/errors.ts';
import type { JobEvent } from '../../../src/core/download/progress.ts';
import type { ListedDay } from '../../../src/core/store/stored-day.ts';
import { WorkerClient } from '../../../src/worker/worker-client.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

const EMPTY: readonly ListedDay[] = [];

/** Starts a thread of `script`, which has `port` to talk through. */
type StartThread = (script: string, graceMs?: number) => Promise<WorkerClient>;

describe('WorkerClient', () => {
  const folder = useTempFolder();
  const clients: WorkerClient[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
  });
  const start: StartThread = async (script, graceMs) => {
    const path = join(folder(), 'worker.cjs');
    await writeFile(path, `const { parentPort: port } = require('node:worker_threads');\n${script}`);
    const client = new WorkerClient(path, graceMs);
    clients.push(client);
    return client;
  };
  const list = (client: WorkerClient, signal?: AbortSignal): Promise<readonly ListedDay[]> =>
    client.call('listDays', { store: { root: 'x' } }, signal === undefined ? {} : { signal });
  const isInternal = (error: unknown): boolean => hasCode(error, 'internal');
  const isCancelled = (error: unknown): boolean => hasCode(error, 'cancelled');

  const answering = `port.on('message', ({ type, call, method }) => {
    if (type === 'call') port.postMessage({ type: 'result', call, output: ${JSON.stringify(EMPTY)} });
  });`;
  const silent = `port.on('message', () => undefined);`;

  it('gives the result, each call its own', async () => {
    const client = await start(`const calls = [];
      port.on('message', ({ call }) => {
        calls.push(call);
        if (calls.length === 3)
          for (const each of calls.reverse()) port.postMessage({ type: 'result', call: each, output: each });
      });`);
    const results = await Promise.all([list(client), list(client), list(client)]);
    assert.deepEqual(results, [1, 2, 3]);
    assert.ok(client.alive);
  });

  it('gives the failure with its code, facts and stack', async () => {
    const error = {
      code: 'quotaExceeded',
      message: 'Wait.',
      facts: { status: 429, retryAt: 5 },
      stack: 'far away',
    };
    const client = await start(`port.on('message', ({ call }) =>
      port.postMessage({ type: 'failure', call, error: ${JSON.stringify(error)} }));`);
    await assert.rejects(list(client), (thrown) => {
      assert.ok(hasCode(thrown, 'quotaExceeded'));
      const { message, facts, stack } = thrown as Error & { readonly facts: unknown };
      assert.deepEqual([message, facts, stack], ['Wait.', error.facts, 'far away']);
      return true;
    });
    assert.ok(client.alive);
  });

  it('hands on what a call tells while it runs, and nothing of another call', async () => {
    const client = await start(`port.on('message', ({ call }) => {
      for (const to of [call, 99])
        port.postMessage({ type: 'event', call: to, event: { event: 'bytes', progress: { received: to } } });
      port.postMessage({ type: 'result', call, output: null });
    });`);
    const events: JobEvent[] = [];
    await client.call('clearStore', { store: { root: 'x' } }, { onEvent: (event) => events.push(event) });
    assert.deepEqual(events, [{ event: 'bytes', progress: { received: 1 } }]);
  });

  const deaths: readonly (readonly [what: string, script: string])[] = [
    ['throws at its start', `throw new Error('boom');`],
    ['throws while it works', `port.on('message', () => { throw new Error('boom'); });`],
    ['rejects while nobody looks', `port.on('message', () => { void Promise.reject(new Error('boom')); });`],
    ['leaves', `port.on('message', () => process.exit(3));`],
    ['leaves in good order', `port.once('message', () => undefined);`],
  ];
  for (const [what, script] of deaths) {
    it(`fails every call of a thread that ${what}, and those that come after`, async () => {
      const client = await start(script);
      const calls = await Promise.allSettled([list(client), list(client)]);
      for (const call of calls) assert.ok(call.status === 'rejected' && isInternal(call.reason));
      assert.equal(client.alive, false);
      await assert.rejects(list(client), isInternal);
    });
  }

  it('fails the calls of a script that is not there', async () => {
    const client = new WorkerClient(join(folder(), 'none.cjs'));
    clients.push(client);
    await assert.rejects(list(client), isInternal);
  });

  it('cancels the calls that run when it is disposed of, and those that come after', async () => {
    const client = await start(silent);
    const running = list(client);
    const gone = assert.rejects(running, isCancelled);
    await client.dispose();
    await gone;
    await assert.rejects(list(client), isCancelled);
    assert.equal(client.alive, false);
    await client.dispose();
  });

  it('asks the thread to let go of an aborted call, and goes on living', async () => {
    const client = await start(`port.on('message', ({ type, call }) => {
      if (type === 'cancel')
        port.postMessage({ type: 'failure', call, error: { code: 'cancelled', message: 'x', facts: {}, stack: '' } });
    });`);
    const controller = new AbortController();
    const running = list(client, controller.signal);
    controller.abort();
    await assert.rejects(running, isCancelled);
    assert.ok(client.alive);
  });

  it('ends a thread that does not let go in time, also in a busy loop', async () => {
    for (const script of [silent, `port.on('message', () => { for (;;); });`]) {
      const client = await start(script, 20);
      const controller = new AbortController();
      const running = list(client, controller.signal);
      controller.abort();
      await assert.rejects(running, isCancelled);
      assert.equal(client.alive, false);
    }
  });

  it('starts nothing for a call that is aborted already', async () => {
    const client = await start(`port.on('message', () => process.exit(1));`);
    await assert.rejects(list(client, AbortSignal.abort()), isCancelled);
    assert.ok(client.alive);
  });

  it('takes no notice of an abort after the call has ended', async () => {
    const client = await start(answering, 0);
    const controller = new AbortController();
    await list(client, controller.signal);
    controller.abort();
    assert.deepEqual(await list(client), EMPTY);
  });

  it('fails a call whose input cannot be sent, and keeps the others', async () => {
    const client = await start(answering);
    const unsendable = { store: { root: (() => 'x') as unknown as string } };
    await assert.rejects(client.call('listDays', unsendable), { name: 'DataCloneError' });
    assert.deepEqual(await list(client), EMPTY);
  });
});
