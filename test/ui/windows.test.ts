import { startFeeds } from './support/feeds.ts';
import type { SampleServer } from '../../src/sample/sample-server.ts';
import { waitForWorkbench } from '../support/host/workbench-ready.ts';
import { screenshotFailures } from './support/failures.ts';
import { launchWorkbench } from './support/launch-workbench.ts';
import type { Workbench } from './support/launch-workbench.ts';
import { notification } from './support/notifications.ts';
import { answerQuickInput, runCommand } from './support/quick-input.ts';
import { openView, treeItem, treeItemButton } from './support/views.ts';
import { tab } from './support/documents.ts';

describe('windows', () => {
  let server: SampleServer;
  let workbench: Workbench;

  before(async () => {
    server = await startFeeds();
    workbench = await launchWorkbench({ env: { VTFEEDS_API_ORIGIN: server.origin }, workspaceTrust: true });
  });

  screenshotFailures(() => workbench);

  after(async () => {
    await workbench.close();
    await server.close();
  });

  it('in Restricted Mode do all that others do', async () => {
    const { page } = workbench;
    await openView(page, 'VT Feeds');
    await runCommand(page, 'VT Feeds: Set API Key…');
    await answerQuickInput(page, server.key);
    await notification(page, 'The API key is stored.').waitFor();
    await treeItem(page, 'Files').waitFor();
  });

  it('share the key', async () => {
    const { page } = workbench;
    const other = await page.context().newPage();
    await other.goto(page.url());
    await waitForWorkbench(other);
    await openView(other, 'VT Feeds');
    await treeItem(other, 'Files').waitFor();
    await other.close();
  });

  it('that are reloaded show their documents and their key again', async () => {
    const { page } = workbench;
    await (await treeItemButton(page, 'URLs', 'Open Latest Minute…')).click();
    await tab(page, /^URLs .*\.jsonl/u).dblclick();
    await page.locator('.view-lines', { hasText: 'hxxp' }).first().waitFor();
    await workbench.reload();
    await page.locator('.view-lines', { hasText: 'hxxp' }).first().waitFor();
    await treeItem(page, 'URLs').getByText('1 downloaded').waitFor();
  });

  it('say for how long the sample feeds are on', async () => {
    const { page } = workbench;
    const status = page.locator('.statusbar-item', { hasText: 'Sample feeds' });
    await runCommand(page, 'VT Feeds: Use Sample Feeds');
    await status.waitFor();
    await workbench.reload();
    await status.waitFor();
    await runCommand(page, 'VT Feeds: Use VirusTotal');
    await status.waitFor({ state: 'hidden' });
  });
});
