import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { HOUR_MS, MINUTE_MS, hourAt, shiftSlot } from '../../src/core/feed/slot.ts';
import { plantedGap } from '../../src/sample/batches/missing-minutes.ts';
import { newestHour, newestMinute } from '../../src/core/feed/window.ts';
import {
  FEEDS,
  SEED,
  answering,
  fails,
  freshSampleFeeds,
  linesOf,
  minuteThatIs,
  run,
  storedMinute,
  textOf,
  tolerate,
} from './api.ts';

describe('batches', () => {
  before(freshSampleFeeds);

  for (const feed of FEEDS) {
    it(`downloads a minute of ${feed} and opens it as a summary, one line a record`, async () => {
      const { time, records, bytes } = await storedMinute(feed);
      assert.ok(records > 0 && bytes > 0);
      const opened = await run('openBatch', { feed, time });
      assert.equal(opened.status, 'stored');
      const { activeTextEditor } = vscode.window;
      assert.equal(activeTextEditor?.document.uri.toString(), opened.uri);
      assert.equal(activeTextEditor.document.languageId, 'jsonl');
      const text = await textOf(opened.uri);
      assert.equal(linesOf(text).length, records);
      assert.ok(text.split('\n').every((line) => line.length <= 400));
    });

    it(`shows every record of a minute of ${feed} in full, without an address to click`, async () => {
      const { time, records } = await storedMinute(feed);
      const { uri } = await run('openBatch', { feed, time, rendering: 'full' });
      const text = await textOf(uri);
      const lines = linesOf(text);
      assert.equal(lines.length, records);
      assert.ok(
        lines.every(({ id, attributes }) => typeof id === 'string' && typeof attributes === 'object'),
      );
      assert.ok(!text.includes('://'));
    });
  }

  it('opens one tab per batch and brings it to front again', async () => {
    const first = await storedMinute('urls');
    const other = await storedMinute('domains');
    const { uri } = await run('openBatch', first);
    await run('openBatch', { ...other, rendering: 'full' });
    await run('openBatch', { feed: first.feed, time: first.time });
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const same = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri,
    );
    assert.equal(same.length, 1);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri);
  });

  it('opens the newest minute', async () => {
    const newestThatIs = minuteThatIs('urls', 3);
    const { time, uri } = await run('openLatest', { feed: 'urls' });
    assert.ok(time >= newestThatIs, time);
    assert.match(vscode.Uri.parse(uri).path, /URLs \d{4}-\d\d-\d\d \d\d:\d\d UTC \(sample\)\.jsonl$/u);
  });

  it('says when a minute that is still to come will be there', async () => {
    const { code, message } = await fails('openBatch', {
      feed: 'files',
      time: shiftSlot(newestMinute(Date.now()), 10),
    });
    assert.equal(code, 'notAvailableYet');
    assert.match(message, /not available yet\. It will be at .*\d\d:\d\d UTC/u);
  });

  it('says that a batch older than seven days is gone', async () => {
    const { code, message } = await fails('downloadBatch', { feed: 'files', time: '202001010000' });
    assert.equal(code, 'tooOld');
    assert.match(message, /7 days/u);
  });

  it('takes one missing minute for normal and several in a row for an error', async () => {
    await tolerate(1);
    const [first, second] = plantedGap(SEED, Date.now() - 65 * MINUTE_MS);
    assert.ok(first !== undefined && second !== undefined);
    const one = await fails('downloadBatch', { feed: 'urls', time: first });
    assert.equal(one.code, 'missingBatch');
    assert.match(one.message, /none was generated, and nothing is lost/u);
    const two = await fails('downloadBatch', { feed: 'urls', time: second });
    assert.equal(two.code, 'missingInARow');
    assert.match(two.message, /2 minutes in a row have no batch/u);
    await tolerate(60);
  });

  for (const [argument, named] of [
    [{ feed: 'nonsense', time: '202611221003' }, 'feed'],
    [{ feed: 'files', time: '202602300000' }, 'time'],
    [{ feed: 'files', time: 42 }, 'time'],
    [{ feed: 'files', time: '202611221003', rendering: 'pretty' }, 'rendering'],
  ] as const) {
    it(`refuses ${JSON.stringify(argument)} with the name of what is wrong`, async () => {
      const { code, message } = await fails('openBatch', argument);
      assert.equal(code, 'invalidArgument');
      assert.ok(message.startsWith(`${named} cannot be`), message);
    });
  }

  it('asks for the feed and the time when it is told neither', async () => {
    const pick = (items: unknown): unknown =>
      (items as readonly { readonly feed: string }[]).find((item) => item.feed === 'urls');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await answering('showQuickPick', pick, () => answering('showInputBox', '-3h', () => run('openBatch')));
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /^\/urls\/\d{12}\//u);
  });

  it('deletes a batch; its document says so and fetching it again restores it', async () => {
    const { feed, time } = await storedMinute('ip_addresses', 20);
    const { uri } = await run('openBatch', { feed, time });
    await run('deleteBatch', { feed, time });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    await changed(document, () => document.getText().includes('not in the store'));
    await run('downloadBatch', { feed, time });
    await changed(document, () => document.getText().includes('"ip"'));
  });

  it('saves a batch as JSON lines, the very records it holds', async () => {
    const { feed, time, records } = await storedMinute('files');
    const target = vscode.Uri.joinPath(workspaceFolder(), 'saved.jsonl');
    const saved = await run('saveBatchAs', { feed, time, target: target.fsPath });
    assert.equal(saved.records, records);
    const lines = linesOf(Buffer.from(await vscode.workspace.fs.readFile(target)).toString('utf8'));
    const full = linesOf(await textOf((await run('openBatch', { feed, time, rendering: 'full' })).uri));
    assert.deepEqual(lines, full);
  });

  it('downloads an hour, fills its minutes and opens it as one document', async function () {
    this.timeout(90_000);
    const hour = newestHour(Date.now());
    const { records, status } = await run('downloadBatch', { feed: 'ip_addresses', time: hour });
    assert.equal(status, 'downloaded');
    const { uri } = await run('openBatch', { feed: 'ip_addresses', time: hour });
    assert.equal(linesOf(await textOf(uri)).length, records);
    let minute = shiftSlot(`${hour}30` as ReturnType<typeof newestMinute>, 0);
    let result = await run('downloadBatch', { feed: 'ip_addresses', time: minute }).catch(() => undefined);
    for (; result === undefined; minute = shiftSlot(minute, 1)) {
      result = await run('downloadBatch', { feed: 'ip_addresses', time: shiftSlot(minute, 1) }).catch(
        () => undefined,
      );
    }
    assert.equal(result.status, 'stored');
    const again = await run('downloadBatch', {
      feed: 'ip_addresses',
      time: hourAt(Date.now() - 2 * HOUR_MS),
    });
    assert.ok(again.records > 0);
  });

  it('reads a record by its id, pretty, with every value it had', async () => {
    const { feed, time } = await storedMinute('file_behaviours');
    const [first] = linesOf(await textOf((await run('openBatch', { feed, time, rendering: 'full' })).uri));
    const { uri } = await run('openRecord', { feed, time, id: first?.id });
    assert.deepEqual(JSON.parse(await textOf(uri)), first);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'json');
  });

  it('says that a batch has no such record', async () => {
    const { feed, time } = await storedMinute('files');
    assert.equal((await fails('openRecord', { feed, time, id: '../../etc/passwd' })).code, 'notFound');
  });
});

function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder !== undefined);
  return folder.uri;
}

async function changed(document: vscode.TextDocument, condition: () => boolean): Promise<void> {
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const listening = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || !condition()) return;
      listening.dispose();
      resolve();
    });
  });
}
