import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { CODECS } from '../../../../src/core/store/frame-codec.ts';
import { batchPath, indexPath } from '../../../../src/core/store/layout.ts';
import { minute } from '../../../support/records.ts';
import { linesOfSizes, plainOf, storeBytes } from '../../../support/store.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };
const FRAME = 256 * 1024;
const isCorrupt = (error: unknown): boolean => hasCode(error, 'corrupt');

for (const codec of CODECS) {
  describe(`a ${codec.name} batch file`, () => {
    const folder = useTempFolder();
    const storeHere = (): BatchStore => new BatchStore(folder(), '', { codec });
    const path = (): string => batchPath(folder(), ID, codec);
    const readAll = async (): Promise<Buffer[]> => (await storeHere().open(ID)).readLines(0, 99);
    /** Four frames; their spans, and the file's bytes. */
    async function fourFrames(): Promise<{ readonly ends: readonly number[]; readonly bytes: Buffer }> {
      const lines = [50_000, 200_000, 200_000, 200_000].map((size) => randomBytes(size).toString('base64'));
      const { frames } = await storeBytes(
        storeHere(),
        ID,
        lines.map((line) => Buffer.from(line)),
      );
      assert.equal(frames.length, 4);
      return { ends: frames.map(({ at, size }) => at + size), bytes: await readFile(path()) };
    }

    it('is not whole when it is cut, between two frames as anywhere, with its index or without', async () => {
      const { ends, bytes } = await fourFrames();
      const [, , third = 0, all = 0] = ends;
      const cuts = [
        0,
        1,
        8,
        ...ends,
        third - 1,
        third + 4,
        all + 1,
        all + 8,
        bytes.length - 9,
        bytes.length - 1,
      ];
      const index = await readFile(indexPath(folder(), ID));
      for (const cut of cuts) {
        for (const keepIndex of [true, false]) {
          await writeFile(path(), bytes.subarray(0, cut));
          await (keepIndex
            ? writeFile(indexPath(folder(), ID), index)
            : rm(indexPath(folder(), ID), { force: true }));
          await assert.rejects(storeHere().open(ID), isCorrupt, `${String(cut)} ${String(keepIndex)}`);
        }
      }
    });

    it('is not whole when something was put at its end or start, or taken out of its middle', async () => {
      const { ends, bytes } = await fourFrames();
      const [first = 0, second = 0] = ends;
      const changed = [
        Buffer.concat([bytes, Buffer.from('x')]),
        Buffer.concat([bytes, codec.pack(Buffer.from('{"id":"b"}\n'))]),
        Buffer.concat([codec.pack(Buffer.from('{"id":"b"}\n')), bytes]),
        Buffer.concat([bytes.subarray(0, first), bytes.subarray(second)]),
        Buffer.concat([bytes, bytes]),
      ];
      for (const file of changed) {
        await writeFile(path(), file);
        await assert.rejects(storeHere().open(ID), isCorrupt);
      }
    });

    const damages: readonly (readonly [what: string, damage: (bytes: Buffer) => Buffer])[] = [
      ['zeros', (bytes) => Buffer.alloc(bytes.length)],
      ['its second half zeros', (bytes) => bytes.fill(0, bytes.length >> 1)],
      ['its first frame zeros', (bytes) => bytes.fill(0, 0, 30_000)],
      ['text in its place', (bytes) => Buffer.alloc(bytes.length, 'x')],
    ];
    for (const [what, damage] of damages) {
      it(`is damaged: ${what}`, async () => {
        const { bytes } = await fourFrames();
        await writeFile(path(), damage(bytes));
        await assert.rejects(readAll(), isCorrupt);
        await rm(indexPath(folder(), ID));
        await assert.rejects(readAll(), isCorrupt);
      });
    }

    it('shows every single byte that is not as it was written, or reads as before', async () => {
      const lines = linesOfSizes(100, 0, 50);
      await storeBytes(storeHere(), ID, lines);
      const bytes = await readFile(path());
      for (let at = 0; at < bytes.length; at++) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
        await writeFile(path(), flipped);
        try {
          assert.deepEqual(await readAll(), lines, `byte ${String(at)}`);
        } catch (error) {
          if (!isCorrupt(error)) throw error;
        }
      }
    });

    it('shows a frame that was exchanged for another of the same size', async () => {
      const { frames } = await storeBytes(storeHere(), ID, linesOfSizes(FRAME - 1, FRAME - 1));
      const [one = 0, other] = frames.map(({ size }) => size);
      assert.equal(one, other);
      const bytes = await readFile(path());
      const rest = bytes.subarray(2 * one);
      await writeFile(path(), Buffer.concat([bytes.subarray(one, 2 * one), bytes.subarray(0, one), rest]));
      await assert.rejects(readAll(), isCorrupt);
    });

    it('is of no batch that was stored anew meanwhile', async () => {
      const store = storeHere();
      await storeBytes(store, ID, linesOfSizes(100, 0, 50));
      const reader = await store.open(ID);
      await storeBytes(store, ID, linesOfSizes(100, 1, 49));
      await assert.rejects(reader.readLines(0, 3), (error) => hasCode(error, 'notStored'));
      assert.deepEqual(await (await store.open(ID)).readLines(0, 3), linesOfSizes(100, 1, 49));
    });
  });
}

describe('a batch file', () => {
  const folder = useTempFolder();
  const batches: readonly (readonly [what: string, lines: readonly Buffer[]])[] = [
    ['of many frames', linesOfSizes(FRAME, FRAME, 100)],
    ['of one record', linesOfSizes(5)],
    ['of none', []],
  ];

  for (const [what, lines] of batches) {
    it(`${what} is read whole by what reads its kind`, async () => {
      const [zstd = '', gzip = ''] = await Promise.all(
        CODECS.map(async (codec) => {
          const root = `${folder()}/${codec.name}`;
          await storeBytes(new BatchStore(root, '', { codec }), ID, lines);
          return batchPath(root, ID, codec);
        }),
      );
      const plain = plainOf(lines);
      assert.deepEqual(zlib.gunzipSync(await readFile(gzip)), plain);
      assert.deepEqual(await streamed(await readFile(gzip), zlib.createGunzip()), plain);
      for (const [tool, path] of [
        ['zstd', zstd],
        ['gzip', gzip],
      ] as const) {
        if (spawnSync(tool, ['--version']).status !== 0) {
          console.log(`      ${tool} is not installed here: the file was not given to it`);
          continue;
        }
        assert.deepEqual(execFileSync(tool, ['-d', '-c', '-q', path], { maxBuffer: 1 << 24 }), plain);
        execFileSync(tool, ['-t', '-q', path]);
      }
    });
  }

  it('begins a new frame between records when one is full, the first one earlier', async () => {
    const { frames } = await storeBytes(
      new BatchStore(folder()),
      ID,
      linesOfSizes(65_535, FRAME - 2, 0, FRAME, 1),
    );
    assert.deepEqual(
      frames.map(({ plainSize }) => plainSize),
      [65_536, FRAME, FRAME + 1, 2],
    );
  });
});

async function streamed(bytes: Buffer, decoder: zlib.Gunzip): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(Readable.from([bytes]), decoder, async (plain: AsyncIterable<Buffer>) => {
    for await (const chunk of plain) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}
