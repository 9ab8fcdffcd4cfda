import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { PageLog } from './page-log.ts';
import { type Server, startServer } from './server.ts';
import { testOutputMark } from './test-output.ts';
import { userFolder } from './user-settings.ts';
import type { VscodeArguments } from './vscode-arguments.ts';
import { workbenchAddress } from './workbench-address.ts';

const totalTimeoutMinutes = 10;

/**
 * Opens the workbench in a headless browser with the extension and its tests, passes on what they print and
 * resolves with their exit code. Rejects when the page or the server dies or the time is up. Nothing it started
 * is left when it settles.
 */
export async function runExtensionTests(args: VscodeArguments): Promise<number> {
  await adoptSettings(args.userDataDir);
  const mark = `${randomUUID()} `;
  const server = await startServer({
    dataDir: args.userDataDir,
    workspaceTrust: args.workspaceTrust,
    env: { [testOutputMark]: mark },
    ...(args.extensionsDir === undefined ? {} : { extensionsDir: args.extensionsDir }),
  });
  const log = new PageLog(join(args.userDataDir, 'workbench.log'), mark);
  let code: number | undefined;
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.exposeFunction('codeAutomationLog', log.add);
      const outcome = testOutcome(page, server);
      // Both are awaited together: the tests may fail before the page counts as loaded.
      [code] = await Promise.all([outcome, page.goto(workbenchAddress(server, args))]);
      return code;
    } finally {
      await browser.close();
    }
  } finally {
    log.end(code !== 0);
    await server.stop();
  }
}

/** The settings file lies where the desktop reads it; the server has it elsewhere. */
async function adoptSettings(userDataDir: string): Promise<void> {
  const desktop = join(userDataDir, 'User', 'settings.json');
  if (!existsSync(desktop)) return;
  const target = join(userFolder(userDataDir), 'settings.json');
  await mkdir(dirname(target), { recursive: true });
  await copyFile(desktop, target);
}

/** The exit code VS Code reports to the page; rejects when none can come any more. */
function testOutcome(page: Page, server: Server): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(timer);
      reject(new Error(`${what} before the tests ended.`));
    };
    const timer = setTimeout(
      fail,
      totalTimeoutMinutes * 60_000,
      `${String(totalTimeoutMinutes)} minutes went by`,
    );
    page.once('crash', () => {
      fail('The page crashed');
    });
    page.once('close', () => {
      fail('The page was closed');
    });
    void server.ended.then(() => {
      fail('The VS Code server ended');
    });
    const succeed = (code: number): void => {
      clearTimeout(timer);
      resolve(code);
    };
    page.exposeFunction('codeAutomationExit', succeed).catch(reject);
  });
}
