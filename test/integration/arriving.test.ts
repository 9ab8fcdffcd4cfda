import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, fails, linesOf, minuteThatIs, run, textOf, until } from './api.ts';
import type { Result } from './api.ts';

/** The runner's feeds at VTFEEDS_API_ORIGIN send a minute of this feed in about five seconds. */
const feed = 'file_behaviours';

describe('a batch that comes slowly', () => {
  before(async () => {
    await run('useVirusTotal');
    await vscode.commands.executeCommand('vtFeeds.setApiKey', process.env.VTFEEDS_TEST_KEY);
    await answering('showWarningMessage', 'Delete All', () => run('clearStore', {}));
  });
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => run('clearApiKey', {}));

  it('can be read from its first records on, and stays where it is read when the rest has come', async () => {
    const time = minuteThatIs(feed, 10);
    const opening = watched(run('openBatch', { feed, time }));
    const editor = await shownEditor(time);
    const early = editor.document.getText();
    const lines = linesOf(early);
    assert.ok(!opening.isSettled && lines.length > 0);
    assert.match((await lensTitles(editor.document.uri))[0] ?? '', /Still coming: \d+ records? so far$/u);
    const line = lines.length - 1;
    editor.selection = new vscode.Selection(line, 3, line, 3);

    const { uri, status, records } = await opening.result;
    assert.equal(status, 'downloaded');
    assert.equal(uri, editor.document.uri.toString());
    const text = editor.document.getText();
    assert.ok(text.startsWith(early) && text.length > early.length);
    assert.equal(linesOf(text).length, records);
    assert.deepEqual([editor.selection.active.line, editor.selection.active.character], [line, 3]);
    assert.match(
      (await lensTitles(editor.document.uri))[0] ?? '',
      new RegExp(`^${String(records)} records$`, 'u'),
    );
  });

  it('lets its records be opened, and its full view be read, before it is stored', async () => {
    const time = minuteThatIs(feed, 20);
    const opening = watched(run('openBatch', { feed, time }));
    const { document } = await shownEditor(time);
    const [first] = linesOf(document.getText());
    const record = await run('openRecord', { feed, time, id: idOf(first) });
    assert.ok(!opening.isSettled);
    const full = document.uri.with({
      query: 'view=full&page=1',
      path: document.uri.path.replace('.jsonl', ' full.jsonl'),
    });
    const early = await textOf(full.toString());
    assert.ok(!opening.isSettled);
    assert.deepEqual(linesOf(early)[0], JSON.parse(await textOf(record.uri)));
    await opening.result;
    const whole = await run('openBatch', { feed, time, rendering: 'full' });
    assert.equal(whole.uri, full.toString());
    assert.ok((await textOf(whole.uri)).startsWith(early));
  });

  it('is no batch when it was cancelled half-way: its document says so and offers to fetch it', async () => {
    const time = minuteThatIs(feed, 30);
    const opening = fails('openBatch', { feed, time });
    const { document } = await shownEditor(time);
    await run('cancelDownload', { feed, time });
    assert.equal((await opening).code, 'cancelled');
    await until('the document says so', () => document.getText().includes('not in the store'));
    assert.deepEqual(await lensTitles(document.uri), ['$(cloud-download) Download it again']);
  });

  it('opens again from the start when it is asked for again', async () => {
    const { records, uri } = await run('openBatch', { feed, time: minuteThatIs(feed, 30) });
    assert.equal(linesOf(await textOf(uri)).length, records);
  });
});

/** A promise, and whether it has settled. */
function watched<T>(result: Promise<T>): { readonly result: Promise<T>; readonly isSettled: boolean } {
  const state = { result, isSettled: false };
  const settle = (): void => {
    state.isSettled = true;
  };
  result.then(settle, settle);
  return state;
}

function idOf(line: Readonly<Record<string, unknown>> | undefined): unknown {
  return line?.id;
}

/** The editor that shows a minute, once it shows records. */
async function shownEditor(time: Result['time']): Promise<vscode.TextEditor> {
  const shown = (): vscode.TextEditor | undefined =>
    vscode.window.visibleTextEditors.find(({ document }) =>
      document.uri.path.startsWith(`/${feed}/${time}/`),
    );
  await until('its first records are shown', () => shown()?.document.getText().startsWith('{') === true);
  const editor = shown();
  assert.ok(editor !== undefined);
  return editor;
}

async function lensTitles(uri: vscode.Uri): Promise<(string | undefined)[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
  );
  return lenses.map(({ command }) => command?.title);
}
