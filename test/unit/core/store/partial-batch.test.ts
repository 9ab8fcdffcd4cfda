import assert from 'node:assert/strict';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import type { BatchWriter } from '../../../../src/core/store/batch-writer.ts';
import type { FileSystem } from '../../../../src/core/store/file-system.ts';
import { CODECS } from '../../../../src/core/store/frame-codec.ts';
import { nodeFileSystem } from '../../../../src/core/store/node-file-system.ts';
import { openPartial } from '../../../../src/core/store/partial-batch.ts';
import { minute } from '../../../support/records.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
/** Four megabytes: some records before the first frame is full, and several frames. */
const LINES = Array.from({ length: 200 }, (_, at) =>
  Buffer.from(JSON.stringify({ id: `record ${String(at)}`, filler: String(at % 10).repeat(20_000) })),
);

async function append(writer: BatchWriter, lines: readonly Buffer[]): Promise<void> {
  for (const line of lines) await writer.append(line, factsOf('files', line));
}

/** Writes until the first records can be read. */
async function writeSome(store: BatchStore): Promise<BatchWriter> {
  const writer = await store.create(ID);
  let told = 0;
  writer.publish((records) => (told = records));
  for (const line of LINES) {
    await append(writer, [line]);
    if (told > 0) return writer;
  }
  return assert.fail('nothing could be read');
}

describe('a batch that is being written', () => {
  const folder = useTempFolder();

  for (const codec of CODECS) {
    it(`can be read as far as it has come, byte for byte, with ${codec.name}`, async () => {
      const writer = await new BatchStore(folder(), '', { codec }).create(ID);
      const told: number[] = [];
      writer.publish((records) => told.push(records));
      for (const [at, line] of LINES.entries()) {
        const before = told.length;
        await append(writer, [line]);
        if (told.length === before) continue;
        const reader = await openPartial(folder(), ID);
        assert.ok(reader !== undefined);
        assert.equal(reader.count, told.at(-1));
        const so = LINES.slice(0, at + 1);
        assert.deepEqual(await reader.readLines(0, reader.count), so);
        assert.deepEqual(
          (await reader.readFacts()).map(({ id }) => id),
          so.map((_, record) => `record ${String(record)}`),
        );
        assert.deepEqual(await reader.findLine(`record ${String(at)}`), line);
        assert.equal(await reader.findLine(`record ${String(at + 1)}`), undefined);
      }
      await writer.discard();
      assert.deepEqual(told, [4, 18, 46, 102], 'early, and then as they double');
    });
  }

  it('is no batch yet', async () => {
    const store = new BatchStore(folder());
    const writer = await writeSome(store);
    assert.equal(await store.find(ID), undefined);
    assert.deepEqual((await store.list()).batches, []);
    await assert.rejects(store.open(ID), (error) => hasCode(error, 'notStored'));
    await writer.discard();
  });

  it('cannot be read unless its writer was told to publish', async () => {
    const writer = await new BatchStore(folder()).create(ID);
    await append(writer, LINES);
    assert.equal(await openPartial(folder(), ID), undefined);
    assert.equal((await filesUnder(folder())).length, 1);
    await writer.discard();
  });

  it('leaves only the batch and its index when it is committed', async () => {
    const store = new BatchStore(folder());
    const writer = await writeSome(store);
    await writer.commit();
    assert.equal(await openPartial(folder(), ID), undefined);
    const names = await filesUnder(folder());
    assert.equal(names.length, 2);
    assert.ok(names.every((name) => !name.endsWith('.tmp')));
  });

  it('leaves nothing when it is taken back', async () => {
    const writer = await writeSome(new BatchStore(folder()));
    await writer.discard();
    assert.equal(await openPartial(folder(), ID), undefined);
    assert.deepEqual(await filesUnder(folder()), []);
  });

  it('is swept with its owner, who was ended, and with nobody else', async () => {
    const store = new BatchStore(folder(), 'ended');
    const ended = await writeSome(store);
    const other = await writeSome(new BatchStore(folder(), 'other'));
    assert.equal((await filesUnder(folder())).length, 4);
    assert.equal(await store.sweep('ended'), 2);
    assert.ok((await filesUnder(folder())).every((name) => name.includes('.other')));
    assert.ok((await openPartial(folder(), ID)) !== undefined);
    await other.discard();
    await ended.discard();
  });

  it('is read from the download that told last, where two windows have one each', async () => {
    const [first, second] = [
      await writeSome(new BatchStore(folder(), 'first')),
      await new BatchStore(folder(), 'second').create(ID),
    ];
    second.publish(() => undefined);
    await append(second, LINES);
    const age = async (owner: string, seconds: number): Promise<void> => {
      const name = (await filesUnder(folder())).find(
        (file) => file.includes(`.${owner}`) && file.includes('.partial'),
      );
      assert.ok(name !== undefined);
      await utimes(join(folder(), name), seconds, seconds);
    };
    const counts: (number | undefined)[] = [];
    for (const newest of ['first', 'second']) {
      await age('first', newest === 'first' ? 2000 : 1000);
      await age('second', newest === 'second' ? 2000 : 1000);
      counts.push((await openPartial(folder(), ID))?.count);
    }
    assert.equal(counts[0], 4);
    assert.ok((counts[1] ?? 0) > 40);
    await first.discard();
    await second.discard();
  });

  it('is not mistaken for the same minute of another hour or feed', async () => {
    const writer = await writeSome(new BatchStore(folder()));
    assert.equal(await openPartial(folder(), { ...ID, slot: minute('202611221103') }), undefined);
    assert.equal(await openPartial(folder(), { ...ID, feed: 'urls' }), undefined);
    assert.equal(await openPartial(folder(), { ...ID, slot: minute('202611231003') }), undefined);
    await writer.discard();
  });

  for (const [what, damage] of [
    ['empty', () => Buffer.alloc(0)],
    ['cut', (bytes: Buffer) => bytes.subarray(0, -5)],
    ['without its start', (bytes: Buffer) => bytes.subarray(100)],
    ['of zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ] as const) {
    it(`cannot be read where what names its records is ${what}`, async () => {
      const writer = await writeSome(new BatchStore(folder()));
      const name = (await filesUnder(folder())).find((file) => file.includes('.partial')) ?? '';
      const path = join(folder(), name);
      await writeFile(path, damage(await readFile(path)));
      assert.equal(await openPartial(folder(), ID), undefined);
      await writer.discard();
    });
  }

  it('is stored all the same where it could not be read early', async () => {
    const busy: FileSystem = {
      ...nodeFileSystem,
      rename: (from, to) =>
        to.includes('.partial') ? Promise.reject(new Error('EBUSY')) : nodeFileSystem.rename(from, to),
    };
    const store = new BatchStore(folder(), '', { files: busy });
    const writer = await store.create(ID);
    writer.publish(() => assert.fail('told of what cannot be read'));
    await append(writer, LINES);
    await writer.commit();
    assert.equal((await store.find(ID))?.records, LINES.length);
    assert.equal((await filesUnder(folder())).length, 2);
  });
});
