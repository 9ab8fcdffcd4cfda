import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { outFolder } from './paths.ts';
import { waitForWorkbench } from './workbench-ready.ts';

/**
 * Opens an address in a headless browser and takes `out/screenshots/<name>.png` once the view container with the
 * given title is shown and its tree has something in it. Rejects when that does not come about.
 */
export async function checkWorkbench(address: string, title: string, name: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const startedAt = Date.now();
    await page.goto(address);
    await waitForWorkbench(page);
    await page.getByRole('tab', { name: title, exact: true, selected: true }).waitFor();
    await page.locator('.sidebar').getByRole('treeitem').first().waitFor();
    console.log(`${title} was shown after ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
    const path = join(outFolder, 'screenshots', `${name}.png`);
    await page.screenshot({ path });
    console.log(`Screenshot: ${path}`);
  } finally {
    await browser.close();
  }
}
