import type { Locator, Page } from 'playwright-core';

/** A link of ours in the document that is shown: its exact text, or what its first word is like. */
export function documentLink(page: Page, text: string | RegExp): Locator {
  const hasText = typeof text === 'string' ? new RegExp(`^${text}$`, 'u') : text;
  return page.locator('.view-lines .detected-link', { hasText }).first();
}

/** Where something in a document is drawn, once the document stands still. */
export async function drawnBox(
  page: Page,
  what: Locator,
): Promise<{ readonly x: number; readonly y: number }> {
  // The line of lenses above a document moves it down once; and an editor draws its lines anew now and then.
  await page.locator('.codelens-decoration').first().waitFor();
  for (;;) {
    await what.waitFor();
    const box = await what.boundingBox();
    if (box !== null) return { x: box.x + Math.min(10, box.width / 2), y: box.y + box.height / 2 };
  }
}

/** Moves the pointer onto a link. By the mouse alone: an editor must not be scrolled from outside. */
export async function pointAtLink(page: Page, text: string | RegExp): Promise<void> {
  const { x, y } = await drawnBox(page, documentLink(page, text));
  await page.mouse.move(x, y, { steps: 3 });
}

/** Follows a link as a person does, with Ctrl held down. */
export async function followLink(page: Page, text: string | RegExp): Promise<void> {
  await pointAtLink(page, text);
  await page.keyboard.down('Control');
  await page.mouse.down();
  await page.mouse.up();
  await page.keyboard.up('Control');
}

/** One of the lenses above a document, by its words. */
export function lens(page: Page, words: string | RegExp): Locator {
  return page.locator('.codelens-decoration > *').filter({ hasText: words }).first();
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
