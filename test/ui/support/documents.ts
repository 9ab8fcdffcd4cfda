import type { Locator, Page } from 'playwright-core';

/** A link of ours in the document that is shown: its exact text, or what its first word is like. */
export function documentLink(page: Page, text: string | RegExp): Locator {
  const hasText = typeof text === 'string' ? new RegExp(`^${text}$`, 'u') : text;
  return page.locator('.view-lines .detected-link', { hasText }).first();
}

/** Moves the pointer onto a link. By the mouse alone: an editor must not be scrolled from outside. */
export async function pointAtLink(page: Page, text: string | RegExp): Promise<void> {
  const link = documentLink(page, text);
  // The line of lenses above the document moves it down once.
  await page.locator('.codelens-decoration').first().waitFor();
  let box = null;
  // An editor draws its lines anew now and then: the box is asked for until the link stands still.
  while (box === null) {
    await link.waitFor();
    box = await link.boundingBox();
  }
  await page.mouse.move(box.x + Math.min(10, box.width / 2), box.y + box.height / 2, { steps: 3 });
}

/** Follows a link as a person does, with Ctrl held down. */
export async function followLink(page: Page, text: string | RegExp): Promise<void> {
  await pointAtLink(page, text);
  await page.keyboard.down('Control');
  await page.mouse.down();
  await page.mouse.up();
  await page.keyboard.up('Control');
}

/** The tab with the given label. */
export function tab(page: Page, label: string | RegExp): Locator {
  return page.locator('.tabs-container .tab').filter({ hasText: label });
}

/** The text of the document's first lines as they are drawn. */
export async function drawnText(page: Page): Promise<string> {
  const text = await page.locator('.editor-instance .view-lines').first().innerText();
  return text.replaceAll('\u00a0', ' ');
}
