import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../test/support/host/browser.ts';
import { repoRoot } from '../../test/support/host/paths.ts';
import { startServer } from '../../test/support/host/server.ts';
import type { Server } from '../../test/support/host/server.ts';
import { userFolder, writeSettings } from '../../test/support/host/user-settings.ts';
import { workbenchAddress } from '../../test/support/host/workbench-address.ts';
import { benchFolder } from '../paths.ts';
import { PLAN_VARIABLE, REPORT_MARK } from './plan.ts';
import type { JobReport, Plan } from './plan.ts';

/** The VS Code server's page, at the size of a person's window: what is not shown is not drawn. */
const VIEWPORT = { width: 1280, height: 800 };

/** Opens a VS Code of a new user with the extension, lets it do the plan and returns the reports. */
export async function runInVscode(
  plan: Plan,
  origin: string,
  scratch: string,
): Promise<readonly JobReport[]> {
  const dataDir = await mkdtemp(join(scratch, 'vscode-'));
  await writeSettings(join(userFolder(dataDir), 'settings.json'));
  const env = { VTFEEDS_API_ORIGIN: origin, [PLAN_VARIABLE]: JSON.stringify(plan) };
  const [extensionTestsPath, server] = await Promise.all([bundleMeasure(), startServer({ dataDir, env })]);
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: VIEWPORT });
      const reports = reportsOf(page, server);
      const target = { extensionDevelopmentPath: repoRoot, extensionTestsPath };
      await Promise.all([reports, page.goto(workbenchAddress(server, target))]);
      return await reports;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** Collects what the measuring code tells until it ends; rejects when it fails or VS Code goes away. */
async function reportsOf(page: Page, server: Server): Promise<readonly JobReport[]> {
  const reports: JobReport[] = [];
  const others: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    const [text] = args;
    if (typeof text !== 'string') return;
    if (text.startsWith(REPORT_MARK)) reports.push(JSON.parse(text.slice(REPORT_MARK.length)) as JobReport);
    else others.push(text);
  });
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      reject(
        new Error(`${what} before everything was measured. It logged last:\n${others.slice(-10).join('\n')}`),
      );
    };
    page.once('crash', () => {
      fail('The page crashed');
    });
    void server.ended.then(() => {
      fail('The VS Code server ended');
    });
    const exit = (code: number): void => {
      if (code === 0) resolve(reports);
      else fail(`The measuring code failed (${String(code)})`);
    };
    page.exposeFunction('codeAutomationExit', exit).catch(reject);
  });
}

async function bundleMeasure(): Promise<string> {
  const outfile = join(benchFolder, 'vscode', 'measure.cjs');
  await build({
    entryPoints: [join(repoRoot, 'bench', 'vscode', 'measure.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
