import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { batchKey } from '../../../../src/core/feed/batch-id.ts';
import { BatchStore } from '../../../../src/core/store/batch-store.ts';
import { KEPT, linesOf } from '../../../support/raced-batches.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

const WINDOW = fileURLToPath(new URL('../../../support/racing-window.ts', import.meta.url));
const RACE_MS = 1500;

describe('two windows at once', () => {
  const folder = useTempFolder();

  it('lose no batch, double none, and never see half of one', async function () {
    this.timeout(30_000);
    const outputs = await Promise.all(
      ['1', '2'].map((seed) =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', WINDOW, folder(), seed, String(RACE_MS)]),
      ),
    );
    for (const { stdout } of outputs) {
      const done = JSON.parse(stdout) as Readonly<Record<string, number>>;
      for (const work of ['download', 'read', 'find', 'list', 'delete', 'evict', 'loseIndex', 'sweep'])
        assert.ok((done[work] ?? 0) > 0, `${work}: ${stdout}`);
    }
    const store = new BatchStore(folder());
    const { batches } = await store.list();
    const keys = batches.map(batchKey);
    assert.equal(new Set(keys).size, keys.length);
    for (const id of KEPT) assert.ok(keys.includes(batchKey(id)), 'what nobody deleted is there');
    for (const id of batches) {
      const reader = await store.open(id);
      assert.deepEqual((await reader.readLines(0, reader.count)).map(String), linesOf(id));
    }
    assert.deepEqual(
      (await filesUnder(folder())).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });
});
