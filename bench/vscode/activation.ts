import type { Page } from 'playwright-core';
import { waitForWorkbench } from '../../test/support/host/workbench-ready.ts';
import { launchWorkbench } from '../../test/ui/support/launch-workbench.ts';
import { runCommand } from '../../test/ui/support/quick-input.ts';

const EXTENSION = 'vt-feeds.vt-feeds';

/** Tall enough for every extension's row: rows out of sight are not made. */
const VIEWPORT = { width: 1280, height: 2400 };

/**
 * Milliseconds our activation took, as "Developer: Show Running Extensions" tells them: loading the code and calling
 * `activate`. One for each of `times` windows of a new user, without a key and without anything to ask.
 */
export async function activationTimes(times: number): Promise<readonly number[]> {
  const workbench = await launchWorkbench();
  const milliseconds: number[] = [];
  try {
    await workbench.page.setViewportSize(VIEWPORT);
    for (let time = 0; time < times; time++) {
      if (time > 0) await workbench.page.reload();
      await waitForWorkbench(workbench.page);
      milliseconds.push(await reportedActivation(workbench.page));
    }
  } finally {
    await workbench.close();
  }
  return milliseconds;
}

async function reportedActivation(page: Page): Promise<number> {
  await runCommand(page, 'Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .extension', { hasText: EXTENSION });
  const told = row.locator('.activation-time', { hasText: /\d+\s*ms/u });
  const [, milliseconds] = /(\d+)\s*ms/u.exec(await told.innerText()) ?? [];
  return Number(milliseconds);
}
