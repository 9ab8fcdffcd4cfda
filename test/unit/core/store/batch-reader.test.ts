import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { factsOf } from '../../../../src/core/feed/record-facts.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { CODECS, preferredCodec } from '../../../../src/core/store/frame-codec.ts';
import { batchPath } from '../../../../src/core/store/layout.ts';
import { HOSTILE_LINES, fileRecord, minute } from '../../../support/records.ts';
import { linesOfSizes, plainOf, storeBytes, storeLines } from '../../../support/store.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const FRAME = 256 * 1024;
const noise = (bytes: number): Buffer => Buffer.from(randomBytes(bytes).toString('base64'));

for (const codec of CODECS) {
  describe(`BatchReader of a ${codec.name} batch`, () => {
    const folder = useTempFolder();
    const storeHere = (): BatchStore => new BatchStore(folder(), '', { codec });

    const batches: readonly (readonly [what: string, lines: readonly Buffer[]])[] = [
      ['no records', []],
      ['one record', [Buffer.from('{"id":"a"}')]],
      [
        'records with CR, blanks, NUL and no UTF-8',
        ['{"id":"a"}\r', ' x\t', 'a\0b', '\u00ff\u00c3('].map((text) => Buffer.from(text, 'latin1')),
      ],
      ['an empty record', [Buffer.alloc(0), Buffer.from('b')]],
      ['frames that end exactly at their size', linesOfSizes(FRAME - 1, FRAME - 1, 5)],
      ['a frame one byte short and one byte over', linesOfSizes(FRAME - 2, 0, FRAME, 1)],
      ['a record of several frames between small ones', linesOfSizes(10, 3 * FRAME, 10, FRAME + 1, 10)],
      ['a record larger than what is kept in memory', linesOfSizes(10, 5_000_000, 10)],
      ['many frames of noise', Array.from({ length: 40 }, () => noise(25_000))],
      [
        'many small records',
        Array.from({ length: 20_000 }, (_, at) => Buffer.from(`{"id":"${String(at)}"}`)),
      ],
    ];
    for (const [what, lines] of batches) {
      it(`gives back every byte of ${what}`, async () => {
        const store = storeHere();
        const { plainSize } = await storeBytes(store, ID, lines);
        const reader = await store.open(ID);
        assert.equal(reader.count, lines.length);
        assert.deepEqual(
          reader.sizes(),
          lines.map(({ length }) => length),
        );
        assert.deepEqual(await reader.readLines(0, lines.length), lines);
        for (let at = 0; at < lines.length; at += Math.ceil(lines.length / 50)) {
          assert.deepEqual(await reader.readLines(at, at + 1), lines.slice(at, at + 1));
          assert.deepEqual(await reader.readLines(at, at + 3), lines.slice(at, at + 3));
        }
        const plain: Buffer[] = [];
        for await (const frame of reader.plainText()) plain.push(frame);
        assert.deepEqual(Buffer.concat(plain), plainOf(lines));
        assert.equal(Buffer.concat(plain).length, plainSize);
      });
    }

    it('reads no record beyond the last', async () => {
      const store = storeHere();
      await storeLines(store, ID, ['{"id":"a"}']);
      const reader = await store.open(ID);
      for (const [from, to] of [
        [1, 5],
        [0, 0],
        [3, 1],
      ] as const) {
        assert.deepEqual(await reader.readLines(from, to), []);
        assert.deepEqual(await reader.readFacts(from, to), []);
      }
      assert.equal((await reader.readLines(0, 99)).length, 1);
      assert.equal((await reader.readFacts(0, 99)).length, 1);
    });

    it('knows the facts of every record, hostile ones too', async () => {
      const store = storeHere();
      const lines = HOSTILE_LINES.flatMap(([feed, line]) => (feed === ID.feed ? [Buffer.from(line)] : []));
      assert.ok(lines.length > 30);
      const many = Array.from({ length: 40 }, () => lines).flat();
      await storeBytes(store, ID, many);
      const reader = await store.open(ID);
      const expected = many.map((line) => factsOf(ID.feed, line));
      assert.deepEqual(await reader.readFacts(), expected);
      for (let at = 0; at < many.length; at += 37)
        assert.deepEqual(await reader.readFacts(at, at + 5), expected.slice(at, at + 5));
    });

    it('finds each record by its id, the first of several, and none that is not there', async () => {
      const store = storeHere();
      const ids = Array.from({ length: 3000 }, (_, at) => `id ${String(at)} é 👩‍👩‍👧‍👦`);
      const lines = ids.map((id) => JSON.stringify(fileRecord({}, id)));
      await storeLines(store, ID, [
        ...lines,
        '{"id":"id 7 é 👩‍👩‍👧‍👦","second":true}',
        'no record',
        '{"id":"__proto__"}',
      ]);
      const reader = await store.open(ID);
      for (let at = 0; at < ids.length; at += 7)
        assert.equal(String(await reader.findLine(ids[at] ?? '')), lines[at]);
      assert.equal(String(await reader.findLine('')), 'no record');
      assert.equal(String(await reader.findLine('__proto__')), '{"id":"__proto__"}');
      for (const id of ['id 3000 é', 'constructor', 'ID 7'])
        assert.equal(await reader.findLine(id), undefined);
    });
  });
}

describe('BatchReader', () => {
  const folder = useTempFolder();

  it('tells ids apart that have one hash', async () => {
    const [one, other] = ['plumless', 'buckeroo'];
    assert.equal(crc32(one), crc32(other));
    const store = new BatchStore(folder());
    await storeLines(store, ID, [`{"id":"${one}"}`]);
    assert.equal(await (await store.open(ID)).findLine(other), undefined);
    await storeLines(store, ID, [`{"id":"${one}"}`, `{"id":"${other}"}`]);
    assert.equal(String(await (await store.open(ID)).findLine(other)), `{"id":"${other}"}`);
  });

  it('gives no half record when the file got shorter after it was opened', async () => {
    const store = new BatchStore(folder());
    await storeBytes(store, ID, [noise(50_000)]);
    const reader = await store.open(ID);
    await truncate(batchPath(folder(), ID, preferredCodec()), 20_000);
    await assert.rejects(reader.readLines(0, 1), (error) => hasCode(error, 'corrupt'));
  });

  it('says that the batch is not stored once another window has deleted it', async () => {
    const store = new BatchStore(folder());
    await storeBytes(store, ID, [noise(50_000)]);
    const reader = await store.open(ID);
    await new BatchStore(folder()).delete(ID);
    const isNotStored = (error: unknown): boolean => hasCode(error, 'notStored');
    await assert.rejects(reader.readLines(0, 1), isNotStored);
    await assert.rejects(reader.readFacts(), isNotStored);
    await assert.rejects(reader.findLine(''), isNotStored);
    await assert.rejects(store.open(ID), isNotStored);
  });

  it('reads on to the end when the batch is deleted meanwhile', async () => {
    const store = new BatchStore(folder());
    const lines = Array.from({ length: 30 }, () => noise(30_000));
    await storeBytes(store, ID, lines);
    const read: Buffer[] = [];
    for await (const frame of (await store.open(ID)).plainText()) {
      if (read.length === 1) await store.delete(ID);
      read.push(frame);
    }
    assert.deepEqual(Buffer.concat(read), plainOf(lines));
  });
});
