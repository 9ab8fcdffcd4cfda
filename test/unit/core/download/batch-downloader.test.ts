import assert from 'node:assert/strict';
import { parseApiKey } from '../../../../src/core/api/api-key.ts';
import { hasCode, toVtFeedsError } from '../../../../src/core/common/errors.ts';
import { BatchDownloader } from '../../../../src/core/download/batch-downloader.ts';
import type { JobEvent } from '../../../../src/core/download/progress.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { shiftSlot } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { compressBzip2 } from '../../../../src/sample/bzip2/compress-bzip2.ts';
import { startSampleServer } from '../../../../src/sample/sample-server.ts';
import type { SampleServer } from '../../../../src/sample/sample-server.ts';
import { CANARY_KEY, assertNoKey } from '../../../support/canary.ts';
import { envelope } from '../../../support/fake-transport.ts';
import { jsonLines, packageOf, tarOf } from '../../../support/packages.ts';
import { RawServer, answerBytes, inTurn, reply } from '../../../support/raw-server.ts';
import type { RawAnswer } from '../../../support/raw-server.ts';
import { hour, minute } from '../../../support/records.ts';
import { clientOf } from '../../../support/running-client.ts';
import type { RunningClient } from '../../../support/running-client.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';
import { parallel } from '../../../support/unpackers.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const HOUR = { feed: 'files', slot: hour('2026112210') } as const;
const { signal } = new AbortController();
const nothing = (): void => undefined;
const unpacker = parallel();

async function linesOf(store: BatchStore, id: BatchId<Minute>): Promise<string[]> {
  const reader = await store.open(id);
  return (await reader.readLines(0, reader.count)).map(String);
}

describe('BatchDownloader and the sample feeds', () => {
  const folder = useTempFolder();
  let server: SampleServer;
  let running: RunningClient;
  before(async () => {
    server = await startSampleServer({ now: () => NOW, recordsPerMinute: 3 });
    const key = parseApiKey(server.key);
    assert.ok(key !== undefined);
    running = clientOf(server.origin, key, () => NOW);
  });
  after(async () => {
    await running.close();
    await server.close();
  });

  for (const feed of FEEDS) {
    it(`downloads a minute of ${feed} into the store`, async () => {
      const store = new BatchStore(folder());
      const events: JobEvent[] = [];
      const id = { feed, slot: minute('202611221005') };
      const stored = await new BatchDownloader(running.client, store, unpacker).downloadMinute(
        id,
        signal,
        (event) => events.push(event),
      );
      assert.deepEqual(stored, { ...id, records: 3, bytes: stored.bytes });
      assert.deepEqual((await store.list()).batches, [stored]);
      const lines = await linesOf(store, id);
      assert.ok(lines.every((line) => typeof (JSON.parse(line) as { id: unknown }).id === 'string'));
      const last = events.findLast(({ event }) => event === 'bytes');
      assert.ok(last?.event === 'bytes' && last.progress.received === last.progress.total);
      assert.equal((await filesUnder(folder())).length, 2);
    });
  }

  it('downloads an hour, marks the minutes it has not, and remembers it as taken', async () => {
    const store = new BatchStore(folder());
    const events: JobEvent[] = [];
    const taken = await new BatchDownloader(running.client, store, unpacker).downloadHour(
      HOUR,
      signal,
      (event) => events.push(event),
    );
    const { batches, missing, packages } = await store.list();
    assert.equal(batches.length + missing.length, 60);
    assert.deepEqual(missing.map(({ slot }) => slot).sort(), [...taken.missing]);
    assert.deepEqual(packages, [taken]);
    assert.equal(taken.records, batches.length * 3);
    assert.equal(
      taken.bytes,
      batches.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    const told = events.flatMap((event) => (event.event === 'stored' ? [event.batch.slot] : []));
    assert.deepEqual(told, batches.map(({ slot }) => slot).sort());
    assert.equal((await linesOf(store, { feed: 'files', slot: told[0] ?? ID.slot })).length, 3);
  });

  it('stores the same minute the same, from its own batch and from the package', async () => {
    const [one, other] = [new BatchStore(`${folder()}/one`), new BatchStore(`${folder()}/other`)];
    await new BatchDownloader(running.client, one, unpacker).downloadMinute(ID, signal, nothing);
    await new BatchDownloader(running.client, other, unpacker).downloadHour(HOUR, signal, nothing);
    assert.deepEqual(await linesOf(one, ID), await linesOf(other, ID));
  });

  it('stores nothing, and leaves no file, when it is cancelled while bytes come', async () => {
    const slow = await startSampleServer({
      now: () => NOW,
      recordsPerMinute: 40,
      bytesPerSecond: 200_000,
      key: CANARY_KEY,
    });
    const slowly = clientOf(slow.origin, CANARY_KEY, () => NOW);
    try {
      const store = new BatchStore(folder());
      const controller = new AbortController();
      const downloading = new BatchDownloader(slowly.client, store, unpacker).downloadMinute(
        ID,
        controller.signal,
        () => {
          controller.abort();
        },
      );
      await assert.rejects(downloading, (error) => toVtFeedsError(error).code === 'cancelled');
      assert.deepEqual(await filesUnder(folder()), []);
    } finally {
      await slowly.close();
      await slow.close();
    }
  });
});

describe('BatchDownloader', () => {
  const folder = useTempFolder();
  const text = jsonLines({ id: 'a' }, { id: 'b' });
  let api: RawServer;
  let running: RunningClient;
  let store: BatchStore;
  let downloader: BatchDownloader;
  beforeEach(async () => {
    api = await RawServer.listen(reply(200, {}, compressBzip2(Buffer.from(text), 1)));
    running = clientOf(api.origin, CANARY_KEY, () => NOW);
    store = new BatchStore(folder());
    downloader = new BatchDownloader(running.client, store, unpacker);
  });
  afterEach(async () => {
    await running.close();
    await api.close();
  });

  describe('with a minute', () => {
    it('remembers a minute without a batch, and stores it when it comes after all', async () => {
      const { answer } = api;
      api.answer = reply(404, {}, envelope('NotFoundError'));
      await assert.rejects(downloader.downloadMinute(ID, signal, nothing), (error) =>
        hasCode(error, 'missingBatch'),
      );
      assert.deepEqual((await store.list()).missing, [ID]);
      api.answer = answer;
      assert.equal((await downloader.downloadMinute(ID, signal, nothing)).records, 2);
      const { batches, missing } = await store.list();
      assert.deepEqual([batches.length, missing], [1, []]);
    });

    it('stores a batch of no records', async () => {
      api.answer = reply(200, {}, compressBzip2(Buffer.alloc(0), 9));
      assert.equal((await downloader.downloadMinute(ID, signal, nothing)).records, 0);
      assert.deepEqual(await linesOf(store, ID), []);
    });

    it('takes a batch again over one that is there', async () => {
      await downloader.downloadMinute(ID, signal, nothing);
      api.answer = reply(200, {}, compressBzip2(Buffer.from(jsonLines({ id: 'c' })), 1));
      await downloader.downloadMinute(ID, signal, nothing);
      assert.deepEqual(await linesOf(store, ID), ['{"id":"c"}']);
    });

    const many = jsonLines(...Array.from({ length: 100 }, (_, at) => ({ id: String((at * 7919) % 1009) })));
    const packed = compressBzip2(Buffer.from(many), 1);
    const failures: readonly (readonly [what: string, code: string, answer: RawAnswer])[] = [
      ['an empty body', 'emptyBody', reply(200)],
      ['a login page', 'notBzip2', reply(200, { 'content-type': 'text/html' }, '<html>Log in</html>')],
      ['plain JSON lines', 'notBzip2', reply(200, {}, text)],
      ['a body cut short of its length', 'cutShort', reply(200, { 'content-length': '5000' }, packed)],
      [
        'a body without a length, cut by a FIN',
        'corrupt',
        (socket) => {
          const whole = answerBytes(200, { 'content-length': '' }, packed).toString('latin1');
          socket.end(Buffer.from(whole.replace('content-length: \r\n', '').slice(0, -20), 'latin1'));
        },
      ],
      ['a damaged body', 'corrupt', reply(200, {}, Buffer.from(packed).fill(0xff, 60, 70))],
      [
        'a last record that is cut',
        'corrupt',
        reply(200, {}, compressBzip2(Buffer.from(`${text}{"id":"c`), 1)),
      ],
      ['a server error', 'server', reply(500)],
      ['a refusal', 'noLicence', reply(403, {}, envelope('ForbiddenError'))],
    ];
    for (const [what, code, answer] of failures) {
      it(`stores nothing of ${what}, and says ${code}`, async () => {
        api.answer = answer;
        const error = await downloader.downloadMinute(ID, signal, nothing).then(
          () => assert.fail('it was stored'),
          (thrown: unknown) => toVtFeedsError(thrown),
        );
        assert.equal(error.code, code);
        assertNoKey(error);
        assert.deepEqual(await filesUnder(folder()), []);
      });
    }

    it('keeps what was there when a new download fails', async () => {
      await downloader.downloadMinute(ID, signal, nothing);
      api.answer = reply(200, {}, packed.subarray(0, 50));
      await assert.rejects(downloader.downloadMinute(ID, signal, nothing), (error) =>
        hasCode(error, 'corrupt'),
      );
      assert.deepEqual(await linesOf(store, ID), text.trim().split('\n'));
    });
  });

  describe('with an hour', () => {
    const MINUTES = [0, 1, 2].map((step) => shiftSlot(minute('202611221000'), step));

    it('stores each minute as it comes, plain or packed, and no known one again', async () => {
      const known = { feed: 'files', slot: minute('202611221001') } as const;
      await downloader.downloadMinute(known, signal, nothing);
      const [before] = (await store.list()).batches;
      api.answer = reply(
        200,
        {},
        await packageOf(
          ['202611221000.txt', jsonLines({ id: 'x' })],
          ['202611221001.txt', jsonLines({ id: 'other' }).repeat(20_000)],
          ['202611221002.bz2', compressBzip2(Buffer.from(jsonLines({ id: 'y' }, { id: 'z' })), 1)],
        ),
      );
      const taken = await downloader.downloadHour(HOUR, signal, nothing);
      assert.equal(taken.records, 5);
      assert.equal(taken.missing.length, 57);
      const { batches, missing } = await store.list();
      assert.deepEqual(
        missing.map(({ slot }) => slot),
        taken.missing,
      );
      assert.deepEqual(batches.map(({ slot }) => slot).sort(), MINUTES);
      assert.deepEqual(
        batches.find(({ slot }) => slot === known.slot),
        before,
      );
      assert.deepEqual(await linesOf(store, known), text.trim().split('\n'));
    });

    it('marks no minute missing that was downloaded by itself', async () => {
      const known = { feed: 'files', slot: minute('202611221001') } as const;
      await downloader.downloadMinute(known, signal, nothing);
      api.answer = reply(200, {}, await packageOf(['202611221000.txt', text]));
      await downloader.downloadHour(HOUR, signal, nothing);
      const { batches, missing } = await store.list();
      assert.equal(batches.length, 2);
      assert.equal(missing.length, 58);
      assert.ok(missing.every(({ slot }) => slot !== known.slot));
    });

    it('keeps the minutes that came whole when the rest is damaged, and does not call the hour taken', async () => {
      const tar = await tarOf(
        ['202611221000.txt', text.repeat(100)],
        ['202611221001.txt', text.repeat(100)],
        ['202611221002.txt', text],
      );
      for (const [body, expected] of [
        [compressBzip2(tar.subarray(0, 4000), 1), 'corrupt'],
        [
          Buffer.concat([compressBzip2(tar.subarray(0, 4000), 1), compressBzip2(tar, 1).subarray(0, 60)]),
          'corrupt',
        ],
      ] as const) {
        api.answer = reply(200, {}, body);
        const error = await downloader.downloadHour(HOUR, signal, nothing).then(
          () => assert.fail('it was taken'),
          (thrown: unknown) => toVtFeedsError(thrown),
        );
        assert.equal(error.code, expected, error.message);
        const { batches, missing, packages } = await store.list();
        assert.deepEqual(
          batches.map(({ slot }) => slot),
          ['202611221000'],
        );
        assert.deepEqual([missing, packages], [[], []]);
        assert.equal((await filesUnder(folder())).length, 2);
      }
    });

    it('says why the network broke, not what that did to the tar', async () => {
      const packed = await packageOf(['202611221000.txt', text.repeat(10_000)]);
      api.answer = reply(200, { 'content-length': String(packed.length + 1) }, packed);
      await assert.rejects(downloader.downloadHour(HOUR, signal, nothing), (error) =>
        hasCode(error, 'cutShort'),
      );
      assert.deepEqual((await store.list()).packages, []);
    });

    it('marks nothing missing when the API has no package', async () => {
      api.answer = reply(404, {}, envelope('NotFoundError'));
      await assert.rejects(downloader.downloadHour(HOUR, signal, nothing), (error) =>
        hasCode(error, 'missingBatch'),
      );
      assert.deepEqual(await filesUnder(folder()), []);
    });

    it('leaves only whole minutes when it is cancelled between two of them', async () => {
      const controller = new AbortController();
      const whole = await packageOf(
        ['202611221000.txt', text],
        ['202611221001.txt', text],
        ['202611221002.txt', text],
      );
      api.answer = reply(200, {}, whole);
      const downloading = downloader.downloadHour(HOUR, controller.signal, ({ event }) => {
        if (event === 'stored') controller.abort();
      });
      await assert.rejects(downloading, (error) => hasCode(error, 'cancelled'));
      const { batches, missing, packages } = await store.list();
      assert.ok(batches.length > 0 && batches.every(({ records }) => records === 2));
      assert.deepEqual([missing, packages], [[], []]);
      assert.equal((await filesUnder(folder())).length, batches.length * 2);
    });
  });

  it('goes on after a hiccup of the service', async () => {
    const { answer } = api;
    api.answer = inTurn(reply(503), reply(503), answer);
    assert.equal((await downloader.downloadMinute(ID, signal, nothing)).records, 2);
  });
});
