import type { Page } from 'playwright-core';

/** Marks VS Code sets on the page's timeline. */
const milestones = ['code/LifecyclePhase/Restored', 'code/didLoadExtensions'];

/**
 * Resolves when the workbench of a page has restored its state and knows its extensions, the one under
 * development included: its commands and views are there. It need not be activated.
 */
export async function waitForWorkbench(page: Page): Promise<void> {
  for (const milestone of milestones) {
    // A string: code in the page has other globals than ours.
    await page.waitForFunction(`performance.getEntriesByName('${milestone}').length > 0`);
  }
}
