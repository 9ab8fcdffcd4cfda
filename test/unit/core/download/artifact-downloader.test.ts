import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobReader, Uint8ArrayWriter, ZipReader, configure } from '@zip.js/zip.js';
import { parseApiKey } from '../../../../src/core/api/api-key.ts';
import { artifactPath } from '../../../../src/core/artifacts/artifact-path.ts';
import { hasCode, toVtFeedsError } from '../../../../src/core/common/errors.ts';
import { downloadArtifact } from '../../../../src/core/download/artifact-downloader.ts';
import { BatchDownloader } from '../../../../src/core/download/batch-downloader.ts';
import type { JobEvent } from '../../../../src/core/download/progress.ts';
import type { ArtifactKind } from '../../../../src/core/feed/artifact.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { shiftSlot } from '../../../../src/core/feed/slot.ts';
import { newestMinute } from '../../../../src/core/feed/window.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { startSampleServer } from '../../../../src/sample/sample-server.ts';
import { CANARY_KEY, assertNoKey } from '../../../support/canary.ts';
import { envelope } from '../../../support/fake-transport.ts';
import { RawServer, reply } from '../../../support/raw-server.ts';
import type { RawAnswer } from '../../../support/raw-server.ts';
import {
  SHA256,
  artifactUrl,
  behaviourRecord,
  fileRecord,
  minute,
  tokenOf,
} from '../../../support/records.ts';
import { clientOf } from '../../../support/running-client.ts';
import type { RunningClient } from '../../../support/running-client.ts';
import { storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';
import { parallel } from '../../../support/unpackers.ts';

const PASSWORD = 'infected';
const { signal } = new AbortController();
const nothing = (): void => undefined;

interface ZipEntry {
  readonly filename: string;
  readonly encrypted: boolean;
  getData?(writer: Uint8ArrayWriter, options?: { readonly password?: string }): Promise<Uint8Array>;
}

/** The entries of an encrypted zip, unpacked with a password. */
async function unzip(
  path: string,
  password: string,
): Promise<{ name: string; encrypted: boolean; content: Buffer }[]> {
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(await readFile(path))])));
  const unpacked = [];
  for (const entry of (await reader.getEntries()) as readonly ZipEntry[]) {
    const content = await entry.getData?.(new Uint8ArrayWriter(), { password });
    unpacked.push({ name: entry.filename, encrypted: entry.encrypted, content: Buffer.from(content ?? []) });
  }
  await reader.close();
  return unpacked;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('downloadArtifact and the sample feeds', () => {
  const folder = useTempFolder();

  it('fetches every artifact of a behaviour and the sample of a file, byte for byte', async () => {
    const server = await startSampleServer({ recordsPerMinute: 6 });
    const key = parseApiKey(server.key);
    assert.ok(key !== undefined);
    const running = clientOf(server.origin, key, Date.now);
    const { client } = running;
    try {
      const store = new BatchStore(join(folder(), 'store'));
      const downloader = new BatchDownloader(client, store, parallel());
      /** The newest minute that is not one of the few without a batch. */
      const batchOf = async (feed: Feed): Promise<BatchId<Minute>> => {
        for (let slot = newestMinute(Date.now()); ; slot = shiftSlot(slot, -1)) {
          try {
            await downloader.downloadMinute({ feed, slot }, signal, nothing);
            return { feed, slot };
          } catch (error) {
            assert.ok(hasCode(error, 'missingBatch'));
          }
        }
      };
      const fetched = new Map<ArtifactKind, Buffer>();
      for (const feed of ['files', 'file_behaviours'] as const) {
        const batch = await batchOf(feed);
        for (const facts of await (await store.open(batch)).readFacts()) {
          for (const kind of facts.artifacts) {
            const path = artifactPath(join(folder(), 'artifacts'), batch, facts.id, kind);
            const events: JobEvent[] = [];
            const saved = await downloadArtifact({
              client,
              store,
              batch,
              id: facts.id,
              kind,
              path,
              signal,
              onEvent: (event) => events.push(event),
            });
            assert.equal(saved.path, path);
            const last = events.at(-1);
            assert.ok(last?.event === 'bytes' && last.progress.received === saved.bytes);
            if (kind === 'sample') {
              const [entry, ...others] = await unzip(path, PASSWORD);
              assert.equal(others.length, 0);
              assert.ok(entry?.encrypted);
              assert.equal(entry.name, facts.id);
              assert.equal(sha256(entry.content), facts.id);
              await assert.rejects(unzip(path, 'wrong'));
              fetched.set(kind, entry.content);
            } else fetched.set(kind, await readFile(path));
            assert.equal(fetched.get(kind)?.length, saved.bytes);
          }
        }
      }
      assert.deepEqual([...fetched.keys()].sort(), ['evtx', 'html', 'memdump', 'pcap', 'sample']);
      assert.equal(fetched.get('pcap')?.readUInt32LE(0).toString(16), 'a1b2c3d4');
      assert.equal(fetched.get('evtx')?.toString('latin1', 0, 7), 'ElfFile');
      assert.match(fetched.get('html')?.toString() ?? '', /<html/iu);
      assert.ok(server.requests.every(({ origin, keySent }) => keySent === (origin === 'api')));
    } finally {
      await running.close();
      await server.close();
    }
  });
});

describe('downloadArtifact', () => {
  const folder = useTempFolder();
  const now = Date.now();
  const SECONDS = Math.floor(now / 1000) - 3600;
  const BATCH: BatchId<Minute> = { feed: 'file_behaviours', slot: minute('202611221003') };
  const SAMPLE = Buffer.from('not malware at all');
  const behaviour = behaviourRecord();
  let api: RawServer;
  let running: RunningClient;
  let store: BatchStore;

  beforeEach(async () => {
    api = await RawServer.listen(reply(200, {}, 'capture'));
    running = clientOf(api.origin, CANARY_KEY, () => now);
    store = new BatchStore(join(folder(), 'store'));
    const link = (last: string, seconds = SECONDS): string =>
      artifactUrl('file-behaviours', tokenOf(SHA256, seconds), last);
    await storeLines(store, BATCH, [
      JSON.stringify({
        ...behaviour,
        id: 'alive',
        context_attributes: { pcap: link('pcap'), evtx: 'https://evil.example/' },
      }),
      JSON.stringify({
        ...behaviour,
        id: 'ended',
        context_attributes: { pcap: link('pcap', SECONDS - 8 * 86_400) },
      }),
    ]);
    const file = {
      ...fileRecord({}, sha256(SAMPLE)),
      context_attributes: { download_url: artifactUrl('files', tokenOf(SHA256, SECONDS), 'download') },
    };
    await storeLines(store, { ...BATCH, feed: 'files' }, [
      JSON.stringify(file),
      JSON.stringify({ ...file, id: '../../x' }),
    ]);
  });
  afterEach(async () => {
    await running.close();
    await api.close();
  });

  function fetch(
    id: string,
    kind: ArtifactKind,
    onEvent = nothing,
    feed: Feed = 'file_behaviours',
    stop = signal,
  ): Promise<{ readonly bytes: number }> {
    const path = join(folder(), 'artifacts', 'deep', `${kind}.bin`);
    return downloadArtifact({
      client: running.client,
      store,
      batch: { ...BATCH, feed },
      id,
      kind,
      path,
      signal: stop,
      onEvent,
    });
  }

  function sample(stop = signal, onEvent = nothing): Promise<{ readonly bytes: number }> {
    return fetch(sha256(SAMPLE), 'sample', onEvent, 'files', stop);
  }

  const artifacts = async (): Promise<string[]> =>
    (await filesUnder(folder())).filter((name) => name.startsWith('artifacts'));

  it('saves the bytes as they come', async () => {
    assert.equal((await fetch('alive', 'pcap')).bytes, 7);
    assert.deepEqual(await artifacts(), ['artifacts/deep/pcap.bin']);
    assert.equal(await readFile(join(folder(), 'artifacts/deep/pcap.bin'), 'utf8'), 'capture');
  });

  it('takes the place of one that is there', async () => {
    await fetch('alive', 'pcap');
    api.answer = reply(200, {}, 'another');
    await fetch('alive', 'pcap');
    assert.equal(await readFile(join(folder(), 'artifacts/deep/pcap.bin'), 'utf8'), 'another');
    assert.deepEqual(await artifacts(), ['artifacts/deep/pcap.bin']);
  });

  it('keeps a sample in an encrypted zip, its hash checked', async () => {
    api.answer = reply(200, {}, SAMPLE);
    assert.equal((await sample()).bytes, SAMPLE.length);
    const path = join(folder(), 'artifacts/deep/sample.bin');
    assert.ok(!(await readFile(path)).includes(SAMPLE));
    assert.deepEqual(await unzip(path, PASSWORD), [
      { name: sha256(SAMPLE), encrypted: true, content: SAMPLE },
    ]);
  });

  const failures: readonly (readonly [what: string, code: string, answer: RawAnswer])[] = [
    ['is another file', 'hashMismatch', reply(200, {}, 'something else')],
    ['is empty', 'emptyBody', reply(200)],
    ['breaks off', 'cutShort', reply(200, { 'content-length': '999' }, SAMPLE)],
    ['is compressed a second time', 'protocol', reply(200, { 'content-encoding': 'gzip' }, SAMPLE)],
    ['is not allowed', 'noLicence', reply(403, {}, envelope('ForbiddenError'))],
    ['is gone', 'notFound', reply(404, {}, envelope('NotFoundError'))],
  ];
  for (const [what, code, answer] of failures) {
    it(`keeps nothing of a sample that ${what}, and says ${code}`, async () => {
      api.answer = answer;
      const error = await sample().then(
        () => assert.fail('it was kept'),
        (thrown: unknown) => toVtFeedsError(thrown),
      );
      assert.equal(error.code, code, error.stack);
      assertNoKey(error);
      assert.ok(!error.message.includes(tokenOf(SHA256, SECONDS)));
      assert.deepEqual(await artifacts(), []);
    });
  }

  it('keeps no artifact that is empty or breaks off', async () => {
    for (const [answer, code] of [
      [reply(200), 'emptyBody'],
      [reply(200, { 'content-length': '999' }, 'capture'), 'cutShort'],
    ] as const) {
      api.answer = answer;
      await assert.rejects(fetch('alive', 'pcap'), (error) => hasCode(error, code));
      assert.deepEqual(await artifacts(), []);
    }
  });

  it('asks nobody for what the record does not have, or no longer', async () => {
    for (const [id, kind, code] of [
      ['alive', 'html', 'notFound'],
      ['alive', 'evtx', 'notFound'],
      ['nobody', 'pcap', 'notFound'],
      ['ended', 'pcap', 'linkExpired'],
    ] as const)
      await assert.rejects(fetch(id, kind), (error) => hasCode(error, code), `${id} ${kind}`);
    assert.deepEqual(api.requests, []);
  });

  it('fetches no sample of an id that is no hash', async () => {
    await assert.rejects(fetch('../../x', 'sample', nothing, 'files'), (error) => hasCode(error, 'notFound'));
    assert.deepEqual(api.requests, []);
    assert.deepEqual(await artifacts(), []);
  });

  for (const kind of ['pcap', 'sample'] as const) {
    it(`leaves nothing of a ${kind} that was cancelled half-way`, async () => {
      api.answer = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nhalf');
      const controller = new AbortController();
      const stop = (): void => {
        controller.abort();
      };
      const fetching =
        kind === 'sample'
          ? sample(controller.signal, stop)
          : fetch('alive', kind, stop, 'file_behaviours', controller.signal);
      const error = await fetching.then(
        () => assert.fail('it was saved'),
        (thrown: unknown) => toVtFeedsError(thrown),
      );
      assert.equal(error.code, 'cancelled', error.stack);
      assert.deepEqual(await artifacts(), []);
    });
  }

  it('lets two that fetch the same artifact not get in each other’s way', async () => {
    await Promise.all(Array.from({ length: 5 }, () => fetch('alive', 'pcap')));
    assert.equal(await readFile(join(folder(), 'artifacts/deep/pcap.bin'), 'utf8'), 'capture');
    assert.deepEqual(await artifacts(), ['artifacts/deep/pcap.bin']);
  });

  it('says in words that it cannot write', async () => {
    await writeFile(join(folder(), 'artifacts'), 'a file where a folder should be');
    await assert.rejects(fetch('alive', 'pcap'), (error) => hasCode(error, 'disk'));
  });
});
