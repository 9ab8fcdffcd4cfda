import type { Locator, Page } from 'playwright-core';
import { runCommand } from './quick-input.ts';

/** The toasts whose message contains the given text. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
}

/** A button of a toast by its label. */
export function notificationButton(toast: Locator, label: string): Locator {
  return toast
    .locator('.notification-list-item-buttons-container')
    .getByRole('button', { name: label, exact: true });
}

/** Closes all toasts and forgets their messages. */
export async function closeNotifications(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.locator('.notifications-toasts.visible').waitFor({ state: 'hidden' });
}

/**
 * A notification in the list behind the bell. VS Code shows no toast of what comes right behind three others, as it
 * does when a test is faster than a person.
 */
export async function listedNotification(page: Page, text: string): Promise<Locator> {
  await runCommand(page, 'Notifications: Show Notifications');
  return page.locator('.notifications-center .notification-list-item', { hasText: text });
}
