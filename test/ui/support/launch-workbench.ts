import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/host/browser.ts';
import { onOrphaned } from '../../support/host/end-with-parent.ts';
import { outFolder, repoRoot } from '../../support/host/paths.ts';
import { makeScratchFolder } from '../../support/host/scratch-folder.ts';
import { startServer } from '../../support/host/server.ts';
import { type Settings, userFolder, writeSettings } from '../../support/host/user-settings.ts';
import { workbenchAddress } from '../../support/host/workbench-address.ts';
import { runCommand } from './quick-input.ts';
import { waitForWorkbench } from '../../support/host/workbench-ready.ts';

// mocha runs tests in a child that would go on when only its parent is ended.
onOrphaned(() => process.exit(1));

/** What a workbench is started with; all of it optional. */
export interface WorkbenchOptions {
  /** Added to the quiet defaults. */
  readonly settings?: Settings;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files of the opened folder: content by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the folder opens in Restricted Mode; off by default. */
  readonly workspaceTrust?: boolean;
  /** The extension to load; this project by default. */
  readonly extensionPath?: string;
}

/** A running VS Code of a fresh user with the extension loaded and a folder open. */
export interface Workbench {
  readonly page: Page;
  readonly userDataDir: string;
  /** The opened folder. */
  readonly folder: string;
  /** The user's settings file; VS Code notices when it changes. */
  readonly settingsFile: string;
  /** Loads the window anew, with a new extension host. The user's state is kept. */
  reload(): Promise<void>;
  /** Writes `out/screenshots/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Ends VS Code with all its processes and throws its data away. */
  close(): Promise<void>;
}

/** Starts a VS Code and resolves when its workbench is ready; leaves nothing behind when it rejects. */
export async function launchWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const cleanUp: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = cleanUp.pop(); step !== undefined; step = cleanUp.pop()) await step();
  };
  try {
    const userDataDir = await makeScratchFolder('ui');
    cleanUp.push(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 3 }));
    const folder = join(userDataDir, 'workspace');
    await writeFiles(folder, options.files ?? { 'README.md': 'A folder for the tests to work in.\n' });
    const settingsFile = join(userFolder(userDataDir), 'settings.json');
    await writeSettings(settingsFile, options.settings);

    const server = await startServer({
      dataDir: userDataDir,
      workspaceTrust: options.workspaceTrust ?? false,
      env: options.env ?? {},
    });
    cleanUp.push(() => server.stop());
    const browser = await launchBrowser();
    cleanUp.push(() => browser.close());
    const page = await newPage(browser);
    const extensionDevelopmentPath = options.extensionPath ?? repoRoot;
    await page.goto(workbenchAddress(server, { extensionDevelopmentPath, folder }));
    await waitForWorkbench(page);
    return {
      page,
      userDataDir,
      folder,
      settingsFile,
      reload: async () => {
        const reloading = page.waitForEvent('framenavigated');
        await runCommand(page, 'Developer: Reload Window');
        await reloading;
        await waitForWorkbench(page);
      },
      screenshot: async (name) => {
        const path = join(outFolder, 'screenshots', `${name}.png`);
        await page.screenshot({ path, animations: 'disabled' });
        return path;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
