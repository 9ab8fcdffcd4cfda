import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMAND_IDS } from '../../src/vscode/commands/command-ids.ts';
import { newestMinute } from '../../src/core/feed/window.ts';
import { shiftSlot } from '../../src/core/feed/slot.ts';
import { freshSampleFeeds, fails, run, until } from './api.ts';

describe('the extension', () => {
  it('is active and has registered every command of the manifest', async () => {
    const extension = vscode.extensions.getExtension('vt-feeds.vt-feeds');
    await extension?.activate();
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      COMMAND_IDS.filter((id) => !commands.includes(id)),
      [],
    );
  });

  it('goes to a time in the tree', async () => {
    await freshSampleFeeds();
    const time = shiftSlot(newestMinute(Date.now()), -30);
    assert.deepEqual(await run('goToTime', { feed: 'urls', time }), { feed: 'urls', time });
    assert.equal((await fails('goToTime', { feed: 'urls', time: '202001010000' })).code, 'tooOld');
    assert.equal(
      (await fails('goToTime', { feed: 'urls', time: shiftSlot(newestMinute(Date.now()), 9) })).code,
      'notAvailableYet',
    );
  });

  it('refreshes and shows its log', async () => {
    await run('refresh');
    await run('showLog');
    await until('the log is shown', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output'),
    );
  });

  it('cancels a download and leaves nothing behind', async () => {
    await freshSampleFeeds();
    const time = shiftSlot(newestMinute(Date.now()), -180).slice(0, 10);
    const failed = fails('downloadBatch', { feed: 'files', time });
    await until('the download runs', () => run('cancelDownload', { feed: 'files', time }).then(Boolean));
    assert.equal((await failed).code, 'cancelled');
  });

  it('runs the same download once for everyone who asks', async () => {
    await freshSampleFeeds();
    const time = shiftSlot(newestMinute(Date.now()), -12);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => run('downloadBatch', { feed: 'urls', time })),
    );
    const records = results.map((result) =>
      result.status === 'fulfilled' ? result.value.records : 'missing',
    );
    assert.equal(new Set(records).size, 1);
  });

  it('refuses documents it did not write the address of', async () => {
    for (const uri of [
      'vtfeeds://sample/files/../../../etc/passwd?view=full&page=1',
      'vtfeeds://evil/files/202611221003/x?view=summary&page=1',
    ]) {
      await assert.rejects(async () => vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
    }
  });

  it('keeps its documents read-only', async () => {
    const { uri } = await run('openLatest', { feed: 'files' });
    await assert.rejects(async () => vscode.workspace.fs.writeFile(vscode.Uri.parse(uri), Buffer.from('x')));
  });
});
