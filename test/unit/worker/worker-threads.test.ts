import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseApiKey } from '../../../src/core/api/api-key.ts';
import { hasCode } from '../../../src/core/common/errors.ts';
import type { JobEvent } from '../../../src/core/download/progress.ts';
import type { BatchId } from '../../../src/core/feed/batch-id.ts';
import { minuteOfDay } from '../../../src/core/feed/day-minutes.ts';
import { FEEDS } from '../../../src/core/feed/feed.ts';
import { shiftSlot } from '../../../src/core/feed/slot.ts';
import type { Minute } from '../../../src/core/feed/slot.ts';
import { newestMinute } from '../../../src/core/feed/window.ts';
import { BatchStore } from '../../../src/core/store/batch-store.ts';
import { NO_BATCH } from '../../../src/core/store/stored-day.ts';
import type { StoredBatch } from '../../../src/core/store/stored.ts';
import { compressBzip2 } from '../../../src/sample/bzip2/compress-bzip2.ts';
import type { Connection } from '../../../src/worker/protocol.ts';
import { WorkerThreads } from '../../../src/worker/worker-threads.ts';
import { CANARY_KEY, assertNoKey } from '../../support/canary.ts';
import { RawServer, answerBytes } from '../../support/raw-server.ts';
import { minute } from '../../support/records.ts';
import { filesUnder, useTempFolder } from '../../support/temp-folder.ts';
import { useStartedThreads } from '../../support/started-threads.ts';
import type { StartedThread } from '../../support/started-threads.ts';
import { useWorkerBundle } from '../../support/worker-bundle.ts';

describe('WorkerThreads with the real worker', () => {
  const started = useStartedThreads();
  const bundles = useWorkerBundle();
  const folder = useTempFolder();
  let threads: WorkerThreads;
  beforeEach(() => {
    threads = new WorkerThreads(bundles());
  });
  afterEach(async () => {
    await threads.dispose();
  });

  /** The sample feeds in a thread of their own, and how to reach them. */
  async function samples(bytesPerSecond?: number): Promise<Connection> {
    const thread = threads.start('sample');
    const { origin, key } = await thread.call('startSample', {
      unlicensed: ['urls'],
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
    });
    const apiKey = parseApiKey(key);
    assert.ok(apiKey !== undefined);
    return { access: { origin, apiKey }, network: {} };
  }

  /** Downloads the newest minute that has a batch. */
  async function downloadNewest(
    connection: Connection,
    root: string,
    onEvent?: (event: JobEvent) => void,
  ): Promise<StoredBatch> {
    for (let slot = newestMinute(Date.now()); ; slot = shiftSlot(slot, -1)) {
      try {
        const id: BatchId<Minute> = { feed: 'files', slot };
        return await threads.run(
          'downloadMinute',
          { connection, store: { root }, decoder: 'parallel', id },
          onEvent === undefined ? {} : { onEvent },
        );
      } catch (error) {
        assert.ok(hasCode(error, 'missingBatch'), String(error));
      }
    }
  }

  it('goes the whole way: probe, download, list, show, find, export, delete', async () => {
    const connection = await samples();
    const licences = await threads.run('probe', { connection, feeds: FEEDS });
    assert.deepEqual(
      licences.map(({ licence }) => licence),
      ['licensed', 'unlicensed', 'licensed', 'licensed', 'licensed'],
    );
    const root = join(folder(), 'store');
    const store = { root };
    const events: JobEvent[] = [];
    const stored = await downloadNewest(connection, root, (event) => events.push(event));
    assert.ok(events.length > 0);
    assert.ok(events.every(({ event }) => event !== 'warning'));
    const listed = await threads.read('listDays', { store });
    const [day, ...others] = await threads.read('readDays', { store, days: listed });
    assert.equal(others.length, 0);
    assert.equal(day?.records[minuteOfDay(stored.slot)], stored.records);
    assert.equal(day.bytes[minuteOfDay(stored.slot)], stored.bytes);
    const batch = { feed: stored.feed, slot: stored.slot };
    const document = await threads.read('loadDocument', {
      store,
      address: { source: 'sample', batch, view: 'summary', page: 1 },
    });
    assert.equal(document.lines.ids.length, stored.records);
    const facts = await threads.read('listRecords', { store, batch });
    const [first] = facts;
    assert.ok(first !== undefined);
    const { line } = await threads.read('findRecord', { store, batch, id: first.id });
    assert.equal((JSON.parse(line) as { id: unknown }).id, first.id);
    const target = join(folder(), 'out.jsonl');
    assert.equal((await threads.run('exportBatch', { store, batch, target })).records, stored.records);
    const artifact = await threads.run('downloadArtifact', {
      connection,
      store,
      artifacts: join(folder(), 'artifacts'),
      batch,
      id: first.id,
      kind: 'sample',
    });
    assert.ok(artifact.path.endsWith(`${first.id}.zip`));
    assert.deepEqual(await threads.read('evict', { store, maxBytes: 1, keep: [`files/${stored.slot}`] }), []);
    assert.equal(await threads.read('sweep', { store }), 0);
    await threads.read('deleteBatch', { store, id: batch });
    const [emptied] = await threads.read('readDays', { store, days: listed });
    assert.equal(emptied?.records[minuteOfDay(stored.slot)], NO_BATCH);
    await threads.read('clearStore', { store });
  });

  it('keeps a thread for the next job, for a while', async () => {
    const connection = await samples();
    const short = new WorkerThreads(bundles(), 50);
    const before = new Set(started());
    const job = { connection, feeds: FEEDS };
    const ofJobs = (): readonly StartedThread[] => started().filter((thread) => !before.has(thread));
    try {
      await short.run('probe', job);
      await short.run('probe', job);
      assert.equal(ofJobs().length, 1);
      await Promise.all([short.run('probe', job), short.run('probe', job)]);
      assert.equal(ofJobs().length, 2, 'two at once have a thread each');
      const alive = ofJobs().filter(({ isAlive }) => isAlive);
      await Promise.all(alive.map(({ worker }) => once(worker, 'exit')));
      await short.run('probe', job);
      assert.equal(ofJobs().length, 3);
    } finally {
      await short.dispose();
    }
  });

  it('cancels a download within the grace, and leaves no file', async () => {
    const connection = await samples(2000);
    const root = join(folder(), 'store');
    const controller = new AbortController();
    // Nothing may go missing here: whichever minute is asked for is cancelled, or has no batch.
    for (let slot = newestMinute(Date.now()); ; slot = shiftSlot(slot, -1)) {
      const error = await threads
        .run(
          'downloadMinute',
          { connection, store: { root }, decoder: 'parallel', id: { feed: 'files', slot } },
          {
            signal: controller.signal,
            onEvent: () => {
              controller.abort();
            },
          },
        )
        .then(
          () => assert.fail('it was stored'),
          (thrown: unknown) => thrown,
        );
      if (hasCode(error, 'missingBatch')) continue;
      assert.ok(hasCode(error, 'cancelled'), String(error));
      break;
    }
    assert.deepEqual(
      (await filesUnder(folder())).filter((name) => !name.endsWith('.missing')),
      [],
    );
  });

  it('brings errors across with their code, and never the key', async () => {
    const dead = await RawServer.listen(() => undefined);
    const { origin } = dead;
    await dead.close();
    const connection = { access: { origin, apiKey: CANARY_KEY }, network: {} };
    const id = { feed: 'files', slot: newestMinute(Date.now() - 60_000) } as const;
    const failure = threads.run('probe', { connection, feeds: ['files'] });
    await assert.rejects(failure, (error) => {
      assertNoKey(error);
      return hasCode(error, 'offline');
    });
    const tooOld = { ...id, slot: minute('202001010000') };
    const input = { connection, store: { root: folder() }, decoder: 'parallel', id: tooOld } as const;
    await assert.rejects(threads.run('downloadMinute', input), (error) => hasCode(error, 'tooOld'));
  });

  it('goes on with a new thread when the one that reads is gone', async () => {
    const store = { root: folder() };
    await threads.read('listDays', { store });
    await threads.dispose();
    assert.deepEqual(await threads.read('listDays', { store }), []);
  });

  it('sweeps after a job whose thread was ended, and leaves the files of others', async () => {
    const half = answerBytes(200, { 'content-length': '99999' }, compressBzip2(Buffer.from('{"id":"a"}\n')));
    const server = await RawServer.listen((socket) => socket.write(half));
    try {
      const other = await new BatchStore(folder(), 'another0').create({
        feed: 'urls',
        slot: newestMinute(0),
      });
      const connection = { access: { origin: server.origin, apiKey: CANARY_KEY }, network: {} };
      const id = { feed: 'files', slot: newestMinute(Date.now() - 60_000) } as const;
      const input = { connection, store: { root: folder() }, decoder: 'parallel', id } as const;
      const job = threads.run('downloadMinute', input);
      const ended = assert.rejects(job, (error) => hasCode(error, 'cancelled'));
      while ((await filesUnder(folder())).length < 2) await new Promise((turn) => setImmediate(turn));
      await threads.dispose();
      await ended;
      const left = await filesUnder(folder());
      assert.equal(left.length, 1);
      assert.match(left[0] ?? '', /another0/u);
      await other.discard();
    } finally {
      await server.close();
    }
  });
});
