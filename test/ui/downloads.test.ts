import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { startFeeds } from './support/feeds.ts';
import type { SampleServer } from '../../src/sample/sample-server.ts';
import { setColorTheme } from './support/color-theme.ts';
import { screenshotFailures } from './support/failures.ts';
import { launchWorkbench } from './support/launch-workbench.ts';
import type { Workbench } from './support/launch-workbench.ts';
import { closeNotifications, notification, notificationButton } from './support/notifications.ts';
import { answerQuickInput, pickQuickItem, quickInput, runCommand } from './support/quick-input.ts';
import { openView, selectedTreeItem, treeItem, treeItemButton } from './support/views.ts';

/** Slow enough that a person, and a test, can see a download run and stop it. */
const BYTES_PER_SECOND = 12_000;

describe('a slow download', () => {
  let server: SampleServer;
  let workbench: Workbench;

  before(async () => {
    server = await startFeeds({ bytesPerSecond: BYTES_PER_SECOND });
    workbench = await launchWorkbench({
      env: { VTFEEDS_API_ORIGIN: server.origin },
    });
    await setColorTheme(workbench.page, 'Default Dark Modern');
  });

  screenshotFailures(() => workbench);

  after(async () => {
    await workbench.close();
    await server.close();
  });

  it('needs a key first, and a wrong one is said to be wrong, with the way to another', async () => {
    const { page } = workbench;
    await openView(page, 'VT Feeds');
    await page.getByRole('button', { name: 'Set API Key' }).click();
    await answerQuickInput(page, 'e'.repeat(64));
    const toast = notification(page, 'VirusTotal does not accept the API key.');
    await toast.waitFor();
    await workbench.screenshot('wrong-key-dark');
    await page.getByRole('button', { name: 'Use Sample Feeds' }).waitFor();
    await notificationButton(toast, 'Set API Key').click();
    await quickInput(page).locator('input[type="password"]').waitFor();
    await answerQuickInput(page, server.key);
    await notification(page, 'The API key is stored.').waitFor();
    await closeNotifications(page);
  });

  it('shows how far it is in the toast, the tree, the badge and the status bar', async () => {
    const { page } = workbench;
    await (await treeItemButton(page, 'Sandbox behaviours', 'Open Latest Minute…')).click();
    await notification(page, /Downloading Sandbox behaviours.*\d+ KB of \d+ KB/u).waitFor();
    await page.locator('.activitybar .badge-content', { hasText: '1' }).waitFor();
    await page.locator('.statusbar-item', { hasText: '1 download' }).waitFor();
    await workbench.screenshot('downloading-dark');
  });

  it('is cancelled from its toast and leaves nothing behind', async () => {
    const { page } = workbench;
    const toast = notification(page, 'Downloading Sandbox behaviours');
    await notificationButton(toast, 'Cancel').click();
    await toast.waitFor({ state: 'detached' });
    await page.locator('.statusbar-item', { hasText: '1 download' }).waitFor({ state: 'detached' });
    assert.deepEqual(await storeFiles(workbench), []);
    assert.equal(await page.locator('.tabs-container .tab', { hasText: '.jsonl' }).count(), 0);
  });

  it('is found by its time in the tree, and cancelled from its row', async () => {
    const { page } = workbench;
    await runCommand(page, 'VT Feeds: Go to Time…');
    await pickQuickItem(page, 'Files');
    await quickInput(page).getByText('time in UTC').waitFor();
    await answerQuickInput(page, '-2h');
    const row = selectedTreeItem(page);
    await row.waitFor();
    const label = (await row.locator('.label-name').innerText()).trim();
    await (await treeItemButton(page, label, 'Download Batch…')).click();
    await treeItem(page, label)
      .getByText(/downloading \d+%/u)
      .waitFor();
    await workbench.screenshot('downloading-tree-dark');
    await (await treeItemButton(page, label, 'Cancel Download')).click();
    await treeItem(page, label).getByText('downloading').waitFor({ state: 'detached' });
    assert.deepEqual(await storeFiles(workbench), []);
  });
});

/** Every file of the store, also temporary ones. */
async function storeFiles({ userDataDir }: Workbench): Promise<string[]> {
  const entries = await readdir(userDataDir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
  return paths.filter((path) => path.includes('vt-feeds.vt-feeds/batches/'));
}
