import assert from 'node:assert/strict';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { deleteBatch } from '../../../../src/core/reading/delete-batch.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { indexPath } from '../../../../src/core/store/layout.ts';
import { FailingFiles } from '../../../support/failing-files.ts';
import type { FailureKind } from '../../../support/failing-files.ts';
import { hour, minute } from '../../../support/records.ts';
import { linesOfSizes, storeBytes } from '../../../support/store.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const ID = { feed: 'files', slot: minute('202611221003') } as const;
const OTHER = { feed: 'files', slot: minute('202611221004') } as const;
const HOUR = { feed: 'files', slot: hour('2026112210') } as const;
const OLD = linesOfSizes(1000, 70_000, 3);
const NEW = linesOfSizes(5, 70_000, 270_000, 20);

interface Work {
  readonly what: string;
  readonly prepare: (root: string) => Promise<unknown>;
  readonly run: (store: BatchStore) => Promise<unknown>;
  /** What the batch may hold afterwards where the work failed, and must hold where it did not. */
  readonly whenFailed: readonly (readonly Buffer[] | undefined)[];
  readonly whenDone: readonly Buffer[] | undefined;
  /** Whether a failure leaves no file that was not there before. */
  readonly leavesNothing?: boolean;
}

const storeOld = (root: string): Promise<unknown> => storeBytes(new BatchStore(root), ID, OLD);

/** Stores a batch as a download does. */
async function download(store: BatchStore): Promise<void> {
  const writer = await store.create(ID);
  writer.publish(() => undefined);
  try {
    for (const line of NEW) await writer.append(line, { id: '', summary: {}, artifacts: [] });
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

const WORKS: readonly Work[] = [
  {
    what: 'storing a batch',
    prepare: () => Promise.resolve(),
    run: download,
    whenFailed: [undefined],
    whenDone: NEW,
    leavesNothing: true,
  },
  {
    what: 'storing a batch in the place of another',
    prepare: storeOld,
    run: download,
    whenFailed: [OLD],
    whenDone: NEW,
    leavesNothing: true,
  },
  {
    what: 'reading a batch whose index is gone',
    prepare: async (root) => {
      await storeOld(root);
      await rm(indexPath(root, ID));
    },
    run: async (store) => {
      const reader = await store.open(ID);
      assert.ok(isSame(await reader.readLines(0, 99), OLD));
      assert.equal((await reader.readFacts()).length, OLD.length);
    },
    whenFailed: [OLD],
    whenDone: OLD,
  },
  {
    what: 'marking a minute and a package',
    prepare: storeOld,
    run: async (store) => {
      await store.markMissing(OTHER);
      await store.markPackage({ ...HOUR, records: 1, bytes: 1, missing: [OTHER.slot] });
    },
    whenFailed: [OLD],
    whenDone: OLD,
  },
  {
    what: 'deleting a minute',
    prepare: storeOld,
    run: (store) => deleteBatch(store, ID),
    whenFailed: [OLD, undefined],
    whenDone: undefined,
  },
  {
    what: 'evicting',
    prepare: storeOld,
    run: (store) => store.evict(0, new Set()),
    whenFailed: [OLD, undefined],
    whenDone: undefined,
  },
];

const FAILURES: readonly (readonly [code: string, kind: FailureKind, is: ErrorCode])[] = [
  ['ENOSPC', 'one', 'diskFull'],
  ['EIO', 'one', 'disk'],
  ['EMFILE', 'one', 'disk'],
  ['EIO', 'allFrom', 'disk'],
];

async function contentOf(root: string): Promise<Buffer[] | undefined> {
  const store = new BatchStore(root);
  const listed = (await store.list()).batches.filter(({ slot }) => slot === ID.slot);
  assert.equal(listed.length, (await store.find(ID)) === undefined ? 0 : 1);
  if (listed.length === 0) return undefined;
  const reader = await store.open(ID);
  assert.equal((await reader.readFacts()).length, reader.count);
  return reader.readLines(0, reader.count);
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}

/** Without a picture of the difference: of long lines that takes minutes. */
function isSame(one: readonly Buffer[] | undefined, other: readonly Buffer[] | undefined): boolean {
  return JSON.stringify(one?.map(String)) === JSON.stringify(other?.map(String));
}

describe('a store on a disk that fails', () => {
  const folder = useTempFolder();

  for (const { what, prepare, run, whenFailed, whenDone, leavesNothing } of WORKS) {
    for (const [code, kind, is] of FAILURES) {
      it(`${kind === 'one' ? `with ${code} at each operation` : 'for good, as when VS Code is killed,'} ${what}`, async () => {
        let failed = 0;
        for (let nth = 1; ; nth++) {
          const root = join(folder(), String(nth));
          await mkdir(root);
          await prepare(root);
          const before = await filesUnder(root);
          const disk = new FailingFiles(code, nth, kind);
          const store = new BatchStore(root, '', { files: disk.files });
          const error: unknown = await run(store).then(
            () => undefined,
            (thrown: unknown) => thrown ?? assert.fail(),
          );
          const at = `operation ${String(nth)}`;
          assert.equal(disk.open.size, 0, `${at}: all is closed`);
          if (error !== undefined && leavesNothing === true && kind === 'one')
            assert.deepEqual(without(await filesUnder(root), before), [], at);
          const content = await contentOf(root);
          if (error === undefined) assert.ok(isSame(content, whenDone), at);
          else {
            failed++;
            assert.ok(hasCode(error, is), at);
            assert.ok(
              whenFailed.some((lines) => isSame(content, lines)),
              at,
            );
          }
          await assertTidy(root, at);
          await run(new BatchStore(root));
          assert.ok(isSame(await contentOf(root), whenDone), `${at}, done again`);
          if (!disk.hasFailed) break;
        }
        assert.ok(failed > 0);
      });
    }
  }

  /** Two hours later a sweep leaves whole batches only, and beside them nothing but their indexes and marks. */
  async function assertTidy(root: string, at: string): Promise<void> {
    const old = Date.now() / 1000 - 7200;
    for (const name of await filesUnder(root)) await utimes(join(root, name), old, old);
    await new BatchStore(root).sweep();
    const names = await filesUnder(root);
    const isWhole = (name: string): boolean =>
      /\.(?:jsonl\.zst|missing|package\.json)$/u.test(name) ||
      (name.endsWith('.index') && names.includes(name.replace('.index', '.jsonl.zst')));
    assert.deepEqual(without(names, names.filter(isWhole)), [], at);
  }
});
