import assert from 'node:assert/strict';
import { startFeeds } from './support/feeds.ts';
import type { SampleServer } from '../../src/sample/sample-server.ts';
import { setColorTheme } from './support/color-theme.ts';
import {
  documentLink,
  drawnBox,
  drawnText,
  followLink,
  lens,
  pointAtLink,
  tab,
} from './support/documents.ts';
import { screenshotFailures } from './support/failures.ts';
import { launchWorkbench } from './support/launch-workbench.ts';
import type { Workbench } from './support/launch-workbench.ts';
import { closeNotifications, notification, notificationButton } from './support/notifications.ts';
import { answerQuickInput, quickInput, runCommand, typeInQuickInput } from './support/quick-input.ts';
import { collapseTree, expandTreeItem, openView, treeItem, treeItemButton } from './support/views.ts';

/** The hour and minute rows of a tree are named by the clock. */
const CLOCK = /^\s*\d\d:\d\d/u;

describe('from the key to an artifact', () => {
  let server: SampleServer;
  let workbench: Workbench;

  before(async () => {
    server = await startFeeds({ unlicensed: ['domains'] });
    workbench = await launchWorkbench({
      env: { VTFEEDS_API_ORIGIN: server.origin },
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'editor.minimap.enabled': false },
    });
  });

  screenshotFailures(() => workbench);

  after(async () => {
    await workbench.close();
    await server.close();
  });

  it('welcomes a person without a key with the two ways on', async () => {
    const { page } = workbench;
    await setColorTheme(page, 'Default Dark Modern');
    await openView(page, 'VT Feeds');
    await page.getByRole('button', { name: 'Use Sample Feeds' }).waitFor();
    await page.getByRole('button', { name: 'Set API Key' }).waitFor();
    await workbench.screenshot('welcome-dark');
  });

  it('takes a key typed into a masked box, and checks its form while it is typed', async () => {
    const { page } = workbench;
    await page.getByRole('button', { name: 'Set API Key' }).click();
    const box = quickInput(page);
    await typeInQuickInput(page, 'abc');
    await box.getByText('this one has 3 characters').waitFor();
    assert.equal(await box.locator('input').first().getAttribute('type'), 'password');
    await workbench.screenshot('key-form-dark');
    await answerQuickInput(page, server.key);
    const toast = notification(page, 'The API key is stored.');
    await toast.waitFor();
    const text = await toast.innerText();
    assert.match(
      text,
      /It has no licence for Domains\. It opens Files, URLs, IP addresses and Sandbox behaviours\./u,
    );
    await closeNotifications(page);
  });

  it('says in the tree which feed has no licence', async () => {
    const { page } = workbench;
    await treeItem(page, 'Domains').getByText('no licence').waitFor();
    assert.equal(await treeItem(page, 'Files').getByText('no licence').count(), 0);
  });

  it('opens a minute by clicks through feed, day, hour and minute', async () => {
    const { page } = workbench;
    await expandTreeItem(page, 'Files');
    const rows = page.locator('.sidebar').getByRole('treeitem');
    const day = rows
      .filter({ hasText: 'today' })
      .or(rows.filter({ hasText: /^\s*\d{4}-\d\d-\d\d/u }))
      .first();
    await day.click();
    await rows.and(page.locator('[aria-level="3"]')).first().click();
    const minutes = rows.and(page.locator('[aria-level="4"]'));
    await minutes.filter({ hasText: /available at \d\d:\d\d UTC/u }).waitFor();
    const available = minutes.filter({ hasNotText: 'available at' }).filter({ hasText: CLOCK });
    await available.first().click();
    await tab(page, /^Files \d{4}-\d\d-\d\d \d\d:\d\d UTC\.jsonl/u).waitFor();
    await minutes.filter({ hasText: /\d+ records · \d+ KB/u }).waitFor();
    assert.match(await drawnText(page), /\{"detections":"\d+\/\d+","type":"/u);
    await workbench.screenshot('summary-dark');
    await collapseTree(page);
  });

  it('opens a record by the link at the start of its line', async () => {
    const { page } = workbench;
    await followLink(page, 'detections');
    await tab(page, /^File [0-9a-f]{12}….json/u).waitFor();
    await documentLink(page, /^https:/u).waitFor();
    await workbench.screenshot('record-dark');
  });

  it('asks before it fetches a sample, and fetches none without a yes', async () => {
    const { page } = workbench;
    await followLink(page, /^https:/u);
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Download this sample? It may be live malware.').waitFor();
    await workbench.screenshot('sample-question-dark');
    const before = server.requests.length;
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(server.requests.length, before);
  });

  it('opens nothing when an indicator is clicked', async () => {
    const { page } = workbench;
    await (await treeItemButton(page, 'URLs', 'Open Latest Minute…')).click();
    await tab(page, /^URLs .*\.jsonl/u).waitFor();
    const indicator = page.locator('.view-lines span', { hasText: /hxxps?\[:\]/u }).last();
    const tabs = await page.locator('.tabs-container .tab').count();
    const pages = page.context().pages().length;
    const { x, y } = await drawnBox(page, indicator);
    await page.keyboard.down('Control');
    await page.mouse.click(x, y);
    await page.keyboard.up('Control');
    await page.mouse.click(x, y);
    assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
    assert.equal(await page.locator('.tabs-container .tab').count(), tabs);
    assert.equal(page.context().pages().length, pages);
    assert.ok(!(await drawnText(page)).includes('://'));
    await workbench.screenshot('urls-dark');
  });

  it('offers what can be done with a capture when no editor for it is installed', async () => {
    const { page } = workbench;
    await (await treeItemButton(page, 'Sandbox behaviours', 'Open Latest Minute…')).click();
    await tab(page, /^Sandbox behaviours .*\.jsonl/u).waitFor();
    // Its first records are shown before the rest has come: what is pointed at would change.
    await lens(page, /^\d+ records$/u).waitFor();
    await pointAtLink(page, 'pcap');
    await page
      .getByText(/PCAP: the network traffic of the sandbox run\. The link ends/u)
      .first()
      .waitFor();
    await workbench.screenshot('artifact-link-dark');
    await followLink(page, 'pcap');
    const toast = notification(page, 'PCAP saved');
    await toast.waitFor();
    for (const label of ['Reveal in Folder', 'Save As...', 'Open With...']) {
      await notificationButton(toast, label.replace('...', '…'))
        .or(notificationButton(toast, label))
        .waitFor();
    }
    await workbench.screenshot('pcap-dark');
    await closeNotifications(page);
  });

  it('shows an HTML report in which nothing ran, loaded or left', async () => {
    const { page } = workbench;
    await followLink(page, 'html');
    const view = page.frameLocator('iframe.webview').frameLocator('iframe');
    await view.getByText('Nothing in it can run, load or navigate.').waitFor();
    const report = view.frameLocator('iframe');
    const before = server.requests.length;
    await report.locator('h1').first().waitFor();
    await report.getByText('A link', { exact: true }).click();
    await report.locator('h1').first().waitFor();
    await report.locator('#untouched').waitFor();
    assert.equal(await view.getByText('HOSTILE REPORT TOOK OVER').count(), 0);
    assert.deepEqual(server.requests.slice(before), []);
    assert.deepEqual(
      server.requests.filter(({ path }) => path.includes('/hostile/')),
      [],
    );
    await workbench.screenshot('report-dark');
    // The keys of a frame without scripts reach nobody: the tab is closed by the mouse.
    await tab(page, /^HTML report/u).click({ button: 'middle' });
  });

  for (const [theme, name] of [
    ['Default Light Modern', 'light'],
    ['Default High Contrast', 'high-contrast'],
  ] as const) {
    it(`is readable in ${theme}`, async () => {
      const { page } = workbench;
      await setColorTheme(page, theme);
      await documentLink(page, 'pcap').waitFor();
      await workbench.screenshot(`behaviours-${name}`);
      await treeItem(page, 'Sandbox behaviours').waitFor();
    });
  }

  it('forgets the key when told to, and welcomes again', async () => {
    const { page } = workbench;
    await runCommand(page, 'VT Feeds: Clear API Key');
    await page.getByRole('button', { name: 'Use Sample Feeds' }).waitFor();
  });
});
