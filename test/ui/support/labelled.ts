import type { Locator } from 'playwright-core';

/** Those of the given rows whose label is exactly the given text, whatever description or buttons they have. */
export function labelled(rows: Locator, label: string): Locator {
  const exactly = new RegExp(`^\\s*${label.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*$`);
  return rows.filter({ has: rows.page().locator('.label-name').filter({ hasText: exactly }) });
}
