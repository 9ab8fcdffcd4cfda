import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { customEditorFor } from '../../src/vscode/artifacts/custom-editors.ts';
import { answering, fails, freshSampleFeeds, linesOf, run, storedMinute, textOf, until } from './api.ts';
import type { Result } from './api.ts';

interface WithArtifacts {
  readonly feed: string;
  readonly time: string;
  readonly id: string;
}

/** A behaviour of the sample feeds that has every artifact. */
async function behaviour(): Promise<WithArtifacts> {
  const { feed, time } = await storedMinute('file_behaviours');
  const lines = linesOf(await textOf((await run('openBatch', { feed, time })).uri));
  const full = lines.find(({ artifacts }) => Array.isArray(artifacts) && artifacts.length === 4);
  assert.ok(typeof full?.id === 'string');
  return { feed, time, id: full.id };
}

describe('artifacts', () => {
  before(freshSampleFeeds);

  const heads = {
    pcap: /^(?:d4c3b2a1|a1b2c3d4)/u,
    evtx: /^456c6646696c6500/u,
    html: /^3c/u,
    memdump: /^/u,
  } as const;
  for (const [kind, head] of Object.entries(heads)) {
    it(`fetches the ${kind} of a behaviour to the extension's own storage`, async () => {
      const saved = await run('downloadArtifact', { ...(await behaviour()), kind });
      const bytes = await readFile(saved.path);
      assert.equal(bytes.length, saved.bytes);
      assert.match(bytes.toString('hex', 0, 16), head);
      assert.match(
        saved.path.replaceAll('\\', '/'),
        /\/sample\/artifacts\/file_behaviours\/\d{12}\/[0-9a-f-]+\.\w+$/u,
      );
      if (process.platform !== 'win32') assert.equal((await stat(saved.path)).mode & 0o077, 0);
    });
  }

  it('gives every link of a summary and of full records a range and a tooltip', async () => {
    const { feed, time } = await behaviour();
    for (const rendering of ['summary', 'full']) {
      const { uri } = await run('openBatch', { feed, time, rendering });
      const links = await linksOf(uri);
      const pcaps = links.filter(({ tooltip }) => tooltip?.startsWith('PCAP'));
      assert.ok(pcaps.length > 0);
      assert.ok(
        pcaps.every(({ tooltip }) => /The link ends \d{4}-\d\d-\d\d \d\d:\d\d UTC/u.test(tooltip ?? '')),
      );
      assert.ok(links.every(({ target }) => target?.scheme === 'command'));
    }
  });

  it('opens the HTML report in a view of its own', async () => {
    await run('openArtifact', { ...(await behaviour()), kind: 'html' });
    const isReport = ({ label, input }: vscode.Tab): boolean =>
      label.startsWith('HTML report') && input instanceof vscode.TabInputWebview;
    await until('the report opens', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isReport)),
    );
  });

  it('knows which editor VS Code has for a file', () => {
    assert.equal(customEditorFor('/anywhere/picture.PNG'), 'imagePreview.previewEditor');
    assert.equal(customEditorFor('/anywhere/capture.pcap'), undefined);
  });

  it('says what a record does not have', async () => {
    const { feed, time } = await storedMinute('files');
    const [line] = linesOf(await textOf((await run('openBatch', { feed, time })).uri));
    const { code, message } = await fails('downloadArtifact', { feed, time, id: line?.id, kind: 'pcap' });
    assert.equal(code, 'notFound');
    assert.equal(message, 'This record has no PCAP.');
  });

  it('does not fetch a sample without a yes', async () => {
    const wanted = { ...(await eicar()), kind: 'sample' };
    const { code } = await answering('showWarningMessage', undefined, () =>
      fails('downloadArtifact', wanted),
    );
    assert.equal(code, 'cancelled');
  });

  it('keeps a sample as an encrypted zip only, and never the plain bytes', async () => {
    const wanted = { ...(await eicar()), kind: 'sample' };
    const saved = await answering('showWarningMessage', 'Download as Encrypted Zip', () =>
      run('downloadArtifact', wanted),
    );
    const bytes = await readFile(saved.path);
    assert.equal(bytes.toString('latin1', 0, 2), 'PK');
    assert.equal((bytes[6] ?? 0) & 1, 1, 'the entry is marked as encrypted');
    assert.ok(!bytes.toString('latin1').includes('STANDARD-ANTIVIRUS'));
  });
});

async function eicar(): Promise<WithArtifacts> {
  const marker = ['EICAR', 'STANDARD', 'ANTIVIRUS', 'TEST', 'FILE!'].join('-');
  const sha256 = createHash('sha256').update(`X5O!P%@AP[4\\PZX54(P^)7CC)7}$${marker}$H+H*`).digest('hex');
  const { feed, time }: Result = await storedMinute('files');
  return { feed, time, id: sha256 };
}

async function linksOf(uri: string): Promise<vscode.DocumentLink[]> {
  return vscode.commands.executeCommand('vscode.executeLinkProvider', vscode.Uri.parse(uri));
}
