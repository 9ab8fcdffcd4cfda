import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { CODECS } from '../../../../src/core/store/frame-codec.ts';
import { indexPath } from '../../../../src/core/store/layout.ts';
import { fileRecord, minute } from '../../../support/records.ts';
import { storeBytes } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const LINES = [
  '{"id":"a","x":1}\r',
  'bad',
  '',
  ...Array.from({ length: 300 }, (_, at) => JSON.stringify(fileRecord({}, String(at)))),
  '{"id":"b"}',
].map((line) => Buffer.from(line));

/** Everything a batch can tell, by a store that has not seen it yet. */
async function assertReads(root: string): Promise<void> {
  const reader = await new BatchStore(root).open(ID);
  assert.deepEqual(await reader.readLines(0, LINES.length), LINES);
  assert.deepEqual(
    await reader.readFacts(),
    LINES.map((line) => factsOf('files', line)),
  );
  assert.equal(String(await reader.findLine('b')), '{"id":"b"}');
  assert.equal(await reader.findLine('c'), undefined);
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
};

for (const codec of CODECS) {
  describe(`the index of a ${codec.name} batch`, () => {
    const folder = useTempFolder();
    const path = (): string => indexPath(folder(), ID);
    const store = (): Promise<unknown> => storeBytes(new BatchStore(folder(), '', { codec }), ID, LINES);

    const changes: readonly (readonly [what: string, change: (good: Buffer) => Buffer])[] = [
      ['empty', () => Buffer.alloc(0)],
      ['cut by a byte', (good) => good.subarray(0, -1)],
      ['cut within its tables', (good) => good.subarray(0, 1000)],
      ['cut within its header', (good) => good.subarray(0, 100)],
      ['text', () => Buffer.from('x'.repeat(5000))],
      ['zeros', (good) => Buffer.alloc(good.length)],
      ['of an older version', () => Buffer.from('{"version":1,"count":3,"codec":"zstd","records":[]}')],
      ['with another count', (good) => flipped(good, '{"version":2,"count":'.length)],
      ['with a byte of the tables changed', (good) => flipped(good, 400)],
      ['with a byte of the ids changed', (good) => flipped(good, 256 + 4 * LINES.length + 100)],
      ['with a byte of the facts changed', (good) => flipped(good, good.length - 20)],
    ];
    for (const [what, change] of changes) {
      it(`is made anew where it is ${what}`, async () => {
        await store();
        const good = await readFile(path());
        const bad = change(good);
        assert.notDeepEqual(bad, good);
        await writeFile(path(), bad);
        await assertReads(folder());
        assert.deepEqual(await readFile(path()), good);
      });
    }

    it('is made anew where it is gone, or that of another batch', async () => {
      await store();
      const good = await readFile(path());
      await rm(path());
      await assertReads(folder());
      assert.deepEqual(await readFile(path()), good);
      const other = { ...ID, slot: minute('202611221004') };
      await storeBytes(new BatchStore(folder(), '', { codec }), other, LINES.slice(1));
      await writeFile(path(), await readFile(indexPath(folder(), other)));
      await assertReads(folder());
      assert.deepEqual(await readFile(path()), good);
    });

    it('is made anew where it went away after the batch was opened', async () => {
      await store();
      const reader = await new BatchStore(folder()).open(ID);
      await rm(path());
      assert.equal((await reader.readFacts()).length, LINES.length);
      await assertReads(folder());
    });

    it('of a newer VS Code is left as it is, and its count believed', async () => {
      await store();
      const newer = '{"version":3,"count":304,"of":"a form that is not known here"}';
      await writeFile(path(), newer);
      await assertReads(folder());
      assert.equal(await readFile(path(), 'utf8'), newer);
      assert.equal((await new BatchStore(folder()).find(ID))?.records, 304);
      assert.equal((await new BatchStore(folder()).list()).batches[0]?.records, 304);
    });

    it('that cannot be written costs nothing but time', async () => {
      await store();
      await rm(path());
      // A folder in its place, with something in it, cannot be replaced by any user.
      await mkdir(`${path()}/in the way`, { recursive: true });
      await assertReads(folder());
      assert.equal((await filesUnder(folder())).length, 1);
    });
  });
}
