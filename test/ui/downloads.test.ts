import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { Feed } from '../../src/core/feed/feed.ts';
import { startFeeds } from './support/feeds.ts';
import type { SampleServer } from '../../src/sample/sample-server.ts';
import { setColorTheme } from './support/color-theme.ts';
import { drawnText, lens } from './support/documents.ts';
import { screenshotFailures } from './support/failures.ts';
import { launchWorkbench } from './support/launch-workbench.ts';
import type { Workbench } from './support/launch-workbench.ts';
import {
  closeNotifications,
  listedNotification,
  notification,
  notificationButton,
} from './support/notifications.ts';
import { answerQuickInput, pickQuickItem, quickInput, runCommand } from './support/quick-input.ts';
import { openView, selectedTreeItem, treeItem, treeItemButton } from './support/views.ts';

/** Slow enough that a person, and a test, can see a download run and stop it. */
const BYTES_PER_SECOND = 5000;
/** What a minute of sandbox behaviours takes at that speed, and some more. */
const WHOLE_MINUTE_MS = 45_000;

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
    await treeItem(page, 'Files').waitFor();
    await (await listedNotification(page, 'The API key is stored.')).waitFor();
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

  it('shows the first records while the rest still comes, and says so above them', async () => {
    const { page } = workbench;
    await lens(page, /Still coming: \d+ records? so far/u).waitFor();
    assert.match(await drawnText(page), /\{"sandbox":/u);
    await notification(page, 'Downloading Sandbox behaviours').waitFor();
    await workbench.screenshot('arriving-dark');
  });

  it('is cancelled from its toast and leaves nothing behind but a document that says so', async () => {
    const { page } = workbench;
    const toast = notification(page, 'Downloading Sandbox behaviours');
    await notificationButton(toast, 'Cancel').click();
    await toast.waitFor({ state: 'detached' });
    await page.locator('.statusbar-item', { hasText: '1 download' }).waitFor({ state: 'detached' });
    assert.deepEqual(await storeFiles(workbench, 'file_behaviours'), []);
    await lens(page, 'Download it again').waitFor();
    assert.match(await drawnText(page), /is not in the store/u);
  });

  it('is fetched again from that document, which shows the first records and then the whole', async () => {
    const { page } = workbench;
    await lens(page, 'Download it again').click();
    await lens(page, 'Still coming').waitFor();
    await lens(page, /^\d+ records$/u).waitFor({ timeout: WHOLE_MINUTE_MS });
    await notification(page, 'Downloading Sandbox behaviours').waitFor({ state: 'detached' });
    assert.match(await drawnText(page), /\{"sandbox":/u);
  });

  it('is found by its time in the tree, and cancelled from its row', async () => {
    const { page } = workbench;
    // With a document in front its feed would be meant.
    await runCommand(page, 'View: Close All Editors');
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
    assert.deepEqual(await storeFiles(workbench, 'files'), []);
  });
});

/** Every file of a feed in the store, also temporary ones. */
async function storeFiles({ userDataDir }: Workbench, feed: Feed): Promise<string[]> {
  const entries = await readdir(userDataDir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
  return paths.filter((path) => path.includes(`vt-feeds.vt-feeds/batches/${feed}/`));
}
