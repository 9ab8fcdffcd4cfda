import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { BatchDownloader } from '../../../../src/core/download/batch-downloader.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { loadDocument } from '../../../../src/core/reading/load-document.ts';
import type { DocumentAddress } from '../../../../src/core/render/document-address.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { compressBzip2 } from '../../../../src/sample/bzip2/compress-bzip2.ts';
import { CANARY_KEY } from '../../../support/canary.ts';
import { jsonLines } from '../../../support/packages.ts';
import { RawServer, answerBytes } from '../../../support/raw-server.ts';
import { minute } from '../../../support/records.ts';
import { clientOf } from '../../../support/running-client.ts';
import type { RunningClient } from '../../../support/running-client.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';
import { parallel } from '../../../support/unpackers.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const ADDRESS: DocumentAddress = { source: 'virustotal', batch: ID, view: 'summary', page: 1 };

/** Several blocks of bzip2 that shrink little, so that half of the bytes hold about half of the records. */
const records = Array.from({ length: 10_000 }, (_, at) => ({
  id: String(at),
  noise: String((at * 7919) ** 3 % 1e12),
}));
const answer = answerBytes(200, {}, compressBzip2(Buffer.from(jsonLines(...records)), 1));

describe('the first records of a minute', () => {
  const folder = useTempFolder();
  let api: RawServer;
  let running: RunningClient;
  /** The connection on which half of the batch was sent. */
  let halfSent: Promise<Socket>;
  beforeEach(async () => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    halfSent = promise;
    api = await RawServer.listen((socket) => {
      socket.write(answer.subarray(0, answer.length >> 1));
      resolve(socket);
    });
    running = clientOf(api.origin, CANARY_KEY, () => NOW);
  });
  afterEach(async () => {
    await running.close();
    await api.close();
  });

  /** A download of which half has come, and the first event that told of records. */
  function begin(
    store: BatchStore,
    signal: AbortSignal,
  ): { readonly stored: Promise<unknown>; readonly first: Promise<number> } {
    const { promise, resolve } = Promise.withResolvers<number>();
    const stored = new BatchDownloader(running.client, store, parallel()).downloadMinute(
      ID,
      signal,
      (event) => {
        if (event.event === 'readable') resolve(event.records);
      },
    );
    return { stored, first: promise };
  }

  it('can be read while the rest still comes', async () => {
    const store = new BatchStore(folder());
    const { stored, first } = begin(store, new AbortController().signal);
    const count = await first;
    assert.equal(await store.find(ID), undefined);
    const early = await loadDocument(store, ADDRESS, { partial: true });
    assert.ok(count > 0 && (early.recordsSoFar ?? 0) >= count && (early.recordsSoFar ?? 0) < records.length);
    (await halfSent).end(answer.subarray(answer.length >> 1));
    await stored;
    const whole = await loadDocument(store, ADDRESS);
    assert.equal(whole.records.length, records.length);
    assert.ok(whole.text.startsWith(early.text));
    assert.equal((await filesUnder(folder())).length, 2);
  });

  it('are gone with a download that is cancelled', async () => {
    const store = new BatchStore(folder());
    const controller = new AbortController();
    const { stored, first } = begin(store, controller.signal);
    await first;
    controller.abort();
    await assert.rejects(stored);
    assert.deepEqual(await filesUnder(folder()), []);
  });
});
