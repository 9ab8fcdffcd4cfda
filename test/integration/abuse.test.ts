import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { shiftSlot } from '../../src/core/feed/slot.ts';
import { newestHour } from '../../src/core/feed/window.ts';
import { answering, fails, freshSampleFeeds, linesOf, run, storedMinute, textOf, until } from './api.ts';

describe('what goes wrong', () => {
  before(freshSampleFeeds);

  it('an hour that is cancelled half-way is cancelled, not damaged, and its whole minutes stay', async () => {
    const time = shiftSlot(newestHour(Date.now()), -3);
    const { path } = await memoryDump();
    const failed = fails('downloadBatch', { feed: 'domains', time });
    await until('a minute of it is stored', async () =>
      (await storeNames(path, 'domains')).some((name) => name.endsWith('.zst')),
    );
    await run('cancelDownload', { feed: 'domains', time });
    assert.equal((await failed).code, 'cancelled');
    assert.deepEqual(
      (await storeNames(path, 'domains')).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('a link that is followed twice at once fetches once, and what it fetched is whole', async () => {
    const { wanted, path } = await memoryDump();
    await vscode.workspace.fs.delete(vscode.Uri.file(path));
    const [one, other] = await Promise.all([
      run('downloadArtifact', wanted),
      run('downloadArtifact', wanted),
    ]);
    assert.equal(one.bytes, other.bytes);
    assert.equal((await vscode.workspace.fs.stat(vscode.Uri.file(path))).size, one.bytes);
    assert.equal((await run('downloadArtifact', wanted)).status, 'stored');
  });

  it('a document of one source is not fetched from the other', async () => {
    const { feed, time } = await storedMinute('urls');
    const { uri } = await run('openBatch', { feed, time });
    await run('useVirusTotal');
    const refused = await answering('showErrorMessage', undefined, async () =>
      vscode.commands.executeCommand('vtFeeds.internal.fetchAgain', uri),
    );
    assert.equal(refused, undefined);
    await run('useSampleFeeds');
    assert.ok(linesOf(await textOf(uri)).length > 0);
  });

  it('an hour is deleted after a question only', async () => {
    const { feed, time } = await storedMinute('ip_addresses');
    const hour = time.slice(0, 10);
    const { code } = await answering('showWarningMessage', undefined, () =>
      fails('deleteBatch', { feed, time: hour }),
    );
    assert.equal(code, 'cancelled');
    await answering('showWarningMessage', 'Delete', () => run('deleteBatch', { feed, time: hour }));
    assert.equal((await fails('deleteBatch', { feed, time })).code, 'notFound');
  });

  it('a folder that is not there is named when a batch cannot be saved', async () => {
    const { feed, time } = await storedMinute('files');
    const { code, message } = await fails('saveBatchAs', {
      feed,
      time,
      target: '/no/such/folder/batch.jsonl',
    });
    assert.equal(code, 'disk');
    assert.match(message, /\/no\/such\/folder\/batch\.jsonl could not be written/u);
  });
});

/** Names of all files of a feed in the store that `artifact` lies beside. */
async function storeNames(artifact: string, feed: string): Promise<string[]> {
  const [root = ''] = artifact.replaceAll('\\', '/').split('/artifacts/');
  return readdir(join(root, 'batches', feed), { recursive: true }).catch(() => []);
}

/** A fetched memory dump of the sample feeds, and what names it. */
async function memoryDump(): Promise<{ readonly wanted: object; readonly path: string }> {
  const { feed, time } = await storedMinute('file_behaviours');
  const lines = linesOf(await textOf((await run('openBatch', { feed, time })).uri));
  const id = lines.find(({ artifacts }) => Array.isArray(artifacts) && artifacts.includes('memdump'))?.id;
  const wanted = { feed, time, id, kind: 'memdump' };
  return { wanted, path: (await run('downloadArtifact', wanted)).path };
}
