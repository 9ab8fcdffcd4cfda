import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { SampleServer } from '../../src/sample/sample-server.ts';
import { setColorTheme } from './support/color-theme.ts';
import { drawnText, tab } from './support/documents.ts';
import { screenshotFailures } from './support/failures.ts';
import { startFeeds } from './support/feeds.ts';
import { launchWorkbench } from './support/launch-workbench.ts';
import type { Workbench } from './support/launch-workbench.ts';
import { closeNotifications, notification, notificationButton } from './support/notifications.ts';
import { answerQuickInput, pickQuickItem, runCommand } from './support/quick-input.ts';
import { openView, treeItem, treeItemButton } from './support/views.ts';

/** Slow enough that an hour of minutes takes a while, fast enough to wait for its end. */
const BYTES_PER_SECOND = 60_000;
const RUNNING = /\d+% · \d.* left · [\d.]+ [KM]?B\/s/u;

describe('a range', function () {
  this.timeout(240_000);
  let server: SampleServer;
  let workbench: Workbench;

  before(async () => {
    server = await startFeeds({ bytesPerSecond: BYTES_PER_SECOND });
    workbench = await launchWorkbench({
      env: { VTFEEDS_API_ORIGIN: server.origin },
      settings: { 'vtFeeds.concurrency': 4, 'workbench.colorTheme': 'Default Dark Modern' },
    });
    const { page } = workbench;
    await setColorTheme(page, 'Default Dark Modern');
    await openView(page, 'VT Feeds');
    await runCommand(page, 'VT Feeds: Set API Key…');
    await answerQuickInput(page, server.key);
    await notification(page, 'The API key is stored.').waitFor();
    await closeNotifications(page);
  });

  screenshotFailures(() => workbench);

  after(async () => {
    await workbench.close();
    await server.close();
  });

  /** The row of the only range there is. */
  const row = (): Locator =>
    workbench.page
      .locator('.sidebar [role=treeitem][aria-level="2"]')
      .filter({ hasText: /^\s*Files [\d:–]+/u });
  const button = async (title: string): Promise<Locator> => {
    await row().hover();
    return row().getByRole('button', { name: title, exact: true });
  };

  it('asks before it takes more than the store has room for, and takes nothing without a yes', async () => {
    const { page } = workbench;
    await runCommand(page, 'VT Feeds: Download Last Day…');
    await pickQuickItem(page, 'Files');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Download more than the store has room for?').waitFor();
    await dialog
      .getByText(/1,440 minutes will take about 7\.2 GB, and the store may hold 4\.1 GB\./u)
      .waitFor();
    await workbench.screenshot('range-question-dark');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await treeItem(page, 'Downloads').count(), 0);
  });

  it('is started from its feed, and shows in the tree and the status bar how it goes', async () => {
    const { page } = workbench;
    await treeItem(page, 'Files').click({ button: 'right' });
    // A menu takes no click in its first moments.
    await page.locator('.monaco-menu').getByText('Download Last Hour…', { exact: true }).hover();
    await page.keyboard.press('Enter');
    await treeItem(page, 'Downloads').getByText('1 running').waitFor();
    await row().getByText(RUNNING).waitFor();
    await page.locator('.statusbar-item', { hasText: RUNNING }).waitFor();
    assert.match((await row().getAttribute('aria-label')) ?? '', /^Files \d{4}-\d\d-\d\d .*\d+%/u);
    await workbench.screenshot('range-running-dark');
  });

  it('is paused in its row, and stays so when the window is loaded anew', async () => {
    const { page } = workbench;
    await (await button('Pause Range')).click();
    await row()
      .getByText(/paused at \d+%/u)
      .waitFor();
    await workbench.screenshot('range-paused-dark');
    const asked = server.requests.length;
    await workbench.reload();
    await openView(page, 'VT Feeds');
    await row()
      .getByText(/paused at \d+%/u)
      .waitFor();
    assert.equal(server.requests.length, asked);
  });

  it('goes on when it is resumed, and by itself when the window is loaded anew', async () => {
    const { page } = workbench;
    await (await button('Resume Range')).click();
    await row().getByText(RUNNING).waitFor();
    await workbench.reload();
    await openView(page, 'VT Feeds');
    await row().getByText(RUNNING).waitFor();
  });

  it('lets a minute that is clicked on come before the rest of it', async () => {
    const { page } = workbench;
    await (await treeItemButton(page, 'URLs', 'Open Latest Minute…')).click();
    await tab(page, /^URLs .*\.jsonl/u).waitFor();
    await row().getByText(RUNNING).waitFor();
  });

  it('ends with a report', async () => {
    const { page } = workbench;
    const toast = notification(page, /Files .*: 60 minutes downloaded\. [\d,]+ records, .* on disk, in/u);
    await toast.waitFor({ timeout: 180_000 });
    await workbench.screenshot('range-done-dark');
    await notificationButton(toast, 'Show Report').click();
    await tab(page, /^Files .*\.txt/u).waitFor();
    await page.locator('.view-lines', { hasText: 'Already in the store' }).waitFor();
    const text = await drawnText(page);
    assert.match(text, /Downloaded +60 minutes/u);
    assert.match(text, /Failed +0 minutes/u);
    await workbench.screenshot('range-report-dark');
    await closeNotifications(page);
  });

  it('is removed from the list, and the list with it', async () => {
    const { page } = workbench;
    await (await button('Remove From Downloads')).click();
    await treeItem(page, 'Downloads').waitFor({ state: 'detached' });
  });

  it('takes nothing a second time', async () => {
    const { page } = workbench;
    const asked = server.requests.length;
    await runCommand(page, 'VT Feeds: Download Last Hour…');
    await pickQuickItem(page, 'Files');
    await notification(page, /already in the store/u).waitFor();
    // A minute or two may have begun since.
    assert.ok(server.requests.length - asked <= 8);
    await closeNotifications(page);
  });

  it('follows a feed, says so in its row and the status bar, and stops', async () => {
    const { page } = workbench;
    await (await treeItemButton(page, 'URLs', 'Follow Feed…')).click();
    await treeItem(page, 'URLs').getByText('following').waitFor();
    const status = page.locator('.statusbar-item', { hasText: 'Following URLs' });
    await status.waitFor();
    await workbench.screenshot('follow-dark');
    await workbench.reload();
    await openView(page, 'VT Feeds');
    await treeItem(page, 'URLs').getByText('following').waitFor();
    await (await treeItemButton(page, 'URLs', 'Stop Following…')).click();
    await status.waitFor({ state: 'detached' });
    await treeItem(page, 'URLs').getByText('following').waitFor({ state: 'detached' });
  });

  for (const [theme, name] of [
    ['Default Light Modern', 'light'],
    ['Default High Contrast', 'high-contrast'],
  ] as const) {
    it(`is readable in ${theme}`, async () => {
      await setColorTheme(workbench.page, theme);
      await treeItem(workbench.page, 'Downloads').waitFor();
      await workbench.screenshot(`range-${name}`);
    });
  }
});
