import assert from 'node:assert/strict';
import { rm, stat, utimes } from 'node:fs/promises';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import type { FileSystem } from '../../../../src/core/store/file-system.ts';
import { preferredCodec } from '../../../../src/core/store/frame-codec.ts';
import { batchPath, indexPath } from '../../../../src/core/store/layout.ts';
import { nodeFileSystem } from '../../../../src/core/store/node-file-system.ts';
import { hour, minute } from '../../../support/records.ts';
import { storeLines } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

describe('Eviction', () => {
  const folder = useTempFolder();
  const id = (slot: string) => ({ feed: 'files', slot: minute(slot) }) as const;
  const ids = [id('202611221000'), id('202611221001'), id('202611221002')] as const;
  const slotsOf = (batches: readonly { slot: string }[]): string[] =>
    batches.map(({ slot }) => slot.slice(8)).sort();

  /** Three batches of one size, used in the order 1001, 1002, 1000. */
  async function threeBatches(): Promise<readonly [BatchStore, number]> {
    const store = new BatchStore(folder());
    let size = 0;
    for (const each of ids) size = (await storeLines(store, each, ['{"id":"a"}'])).bytes;
    for (const [at, time] of [300, 100, 200].entries()) {
      const each = ids[at];
      if (each !== undefined) await utimes(indexPath(folder(), each), time, time);
    }
    return [store, size];
  }

  it('deletes the least recently used first, and only as many as it must', async () => {
    const [store, size] = await threeBatches();
    assert.deepEqual(await store.evict(3 * size, new Set()), []);
    assert.deepEqual(slotsOf(await store.evict(3 * size - 1, new Set())), ['1001']);
    assert.deepEqual(slotsOf((await store.list()).batches), ['1000', '1002']);
    assert.deepEqual(slotsOf(await store.evict(size, new Set())), ['1002']);
    assert.deepEqual(slotsOf(await store.evict(0, new Set())), ['1000']);
    assert.deepEqual(await filesUnder(folder()), []);
  });

  it('never deletes one that is kept', async () => {
    const [store] = await threeBatches();
    const evicted = await store.evict(0, new Set(['files/202611221001', 'files/202611221002']));
    assert.deepEqual(slotsOf(evicted), ['1000']);
    assert.deepEqual(slotsOf((await store.list()).batches), ['1001', '1002']);
  });

  it('keeps every minute of an hour that is kept', async () => {
    const [store] = await threeBatches();
    assert.deepEqual(await store.evict(0, new Set(['files/2026112210'])), []);
    assert.equal((await store.evict(0, new Set(['urls/2026112210']))).length, 3);
  });

  it('counts opening a batch as use', async () => {
    const [store, size] = await threeBatches();
    await store.open(ids[1]);
    assert.deepEqual(slotsOf(await store.evict(2 * size, new Set())), ['1002']);
  });

  it('counts no reading by other programs, and leaves the batch file as it was committed', async () => {
    const [store, size] = await threeBatches();
    const path = batchPath(folder(), ids[1], preferredCodec());
    await utimes(path, Date.now() / 1000, 1000);
    await store.open(ids[2]);
    assert.equal((await stat(path)).mtimeMs, 1_000_000);
    assert.deepEqual(slotsOf(await store.evict(2 * size, new Set())), ['1001']);
  });

  it('takes a batch without an index for as old as its file', async () => {
    const [store, size] = await threeBatches();
    await rm(indexPath(folder(), ids[2]));
    await utimes(batchPath(folder(), ids[2], preferredCodec()), 50, 50);
    assert.deepEqual(slotsOf(await store.evict(2 * size, new Set())), ['1002']);
  });

  it('deletes none that is being written anew', async () => {
    const [store, size] = await threeBatches();
    const writer = await store.create(ids[1]);
    assert.deepEqual(slotsOf(await store.evict(2 * size, new Set())), ['1002']);
    await writer.discard();
  });

  it('deletes none that another window has used since the order was made', async () => {
    await threeBatches();
    const other = new BatchStore(folder());
    const files: FileSystem = {
      ...nodeFileSystem,
      rm: async (path) => {
        if (path.includes('1001.jsonl')) await other.open(ids[2]);
        await nodeFileSystem.rm(path);
      },
    };
    const evicted = await new BatchStore(folder(), '', { files }).evict(1, new Set());
    assert.deepEqual(slotsOf(evicted), ['1000', '1001']);
  });

  it('does not call an hour whole that lost a minute', async () => {
    const [store, size] = await threeBatches();
    await store.markPackage({
      feed: 'files',
      slot: hour('2026112210'),
      records: 3,
      bytes: 3 * size,
      missing: [],
    });
    await store.markPackage({ feed: 'files', slot: hour('2026112211'), records: 0, bytes: 0, missing: [] });
    await store.evict(2 * size, new Set());
    assert.deepEqual(
      (await store.list()).packages.map(({ slot }) => slot),
      ['2026112211'],
    );
  });
});
