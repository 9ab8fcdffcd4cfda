import type { Locator, Page } from 'playwright-core';
import { labelled } from './labelled.ts';

/** Shows the view container with the given title by its icon in the activity bar. */
export async function openView(page: Page, title: string): Promise<void> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: title, exact: true });
  // A click on the icon of the container that is shown would hide it.
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  await tab.and(page.locator('[aria-selected="true"]')).waitFor();
}

/** A tree's row by its exact label, wherever it is in the tree. It exists only while it is scrolled into sight. */
export function treeItem(page: Page, label: string): Locator {
  return labelled(page.locator('.sidebar').getByRole('treeitem'), label);
}

/** Expands a row of a tree unless it is expanded. */
export async function expandTreeItem(page: Page, label: string): Promise<void> {
  const item = treeItem(page, label);
  if ((await item.getAttribute('aria-expanded')) !== 'true') await item.locator('.monaco-tl-twistie').click();
  await item.and(page.locator('[aria-expanded="true"]')).waitFor();
}

/** A button in a tree's row by its title; it is there while the pointer is over the row, so this moves it there. */
export async function treeItemButton(page: Page, label: string, title: string): Promise<Locator> {
  const item = treeItem(page, label);
  await item.hover();
  return item.getByRole('button', { name: title, exact: true });
}

/** Collapses the whole tree by the button above it. */
export async function collapseTree(page: Page): Promise<void> {
  await page.locator('.sidebar').getByRole('button', { name: 'Collapse All', exact: true }).click();
  await page.locator('.sidebar [role=treeitem][aria-expanded="true"]').first().waitFor({ state: 'detached' });
}

/** The row that is selected in the tree. */
export function selectedTreeItem(page: Page): Locator {
  return page.locator('.sidebar [role=treeitem][aria-selected="true"]');
}
