import type { Locator, Page } from 'playwright-core';
import { labelled } from './labelled.ts';

/** The box in the upper middle that commands, picks and questions share; there is only one at a time. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget');
}

/** An entry of the open pick by its exact label. */
function quickPickItem(page: Page, label: string): Locator {
  return labelled(quickInput(page).locator('.quick-input-list .monaco-list-row'), label);
}

/** Types into the open input in place of what is there, without accepting it. */
export async function typeInQuickInput(page: Page, text: string): Promise<void> {
  await quickInput(page).locator('input[type="text"], input[type="password"]').first().fill(text);
}

/** Accepts an open question with the given answer. */
export async function answerQuickInput(page: Page, text: string): Promise<void> {
  await typeInQuickInput(page, text);
  await page.keyboard.press('Enter');
}

/** Chooses the entry with the given label from the open pick. */
export async function pickQuickItem(page: Page, label: string): Promise<void> {
  await quickPickItem(page, label).click();
}

/** Runs a command by its title in the palette, category included: `VT Feeds: Refresh`. Fails when it is not offered. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await openPalette(page, title);
  await pickQuickItem(page, title);
}

/** Opens the command palette with a text typed into it. */
async function openPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).waitFor({ state: 'visible' });
  await typeInQuickInput(page, `>${text}`);
}
