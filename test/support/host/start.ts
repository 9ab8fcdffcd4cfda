// Opens a VS Code with this extension loaded, to try it by hand: `npm start`. Ctrl+C ends it.
//   --no-open   only prints the address, where VS Code runs in the browser
//   --check     opens that address in a headless browser instead, takes a screenshot and ends
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkWorkbench } from './check-workbench.ts';
import { findDesktop, hasDisplay, startDesktop } from './desktop.ts';
import { onOrphaned } from './end-with-parent.ts';
import { openInBrowser } from './open-in-browser.ts';
import { hostCache, repoRoot } from './paths.ts';
import { startServer } from './server.ts';
import { userFolder, writeSettings } from './user-settings.ts';
import { workbenchAddress } from './workbench-address.ts';

const readme = `# A folder to try VT Feeds in

Click the VT Feeds icon in the activity bar on the left: its tree shows the feeds.
Sample feeds are turned on, so no API key and no network are needed.
`;

const { values: flags } = parseArgs({
  options: { check: { type: 'boolean', default: false }, 'no-open': { type: 'boolean', default: false } },
});
const stopRequested = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      resolve();
    });
  onOrphaned(resolve);
});

const userDataDir = join(hostCache, 'start-user-data');
const folder = join(hostCache, 'start-workspace');
// Read by the extension when it runs in development: it turns its sample feeds on and shows its tree.
const env = { VTFEEDS_START_WITH_SAMPLE_FEEDS: '1' };
await writeOnce(join(folder, 'README.md'), (file) => writeFile(file, readme));

const desktop = flags.check ? undefined : findDesktop();
if (desktop === undefined) await startInBrowser();
else await startOnDesktop(desktop);
// Timers or sockets of a browser that is being opened must not hold this process.
process.exit();

async function startOnDesktop(executable: string): Promise<void> {
  await writeOnce(join(userDataDir, 'User', 'settings.json'), writeSettings);
  const running = startDesktop(executable, { extensionDevelopmentPath: repoRoot, folder, userDataDir }, env);
  tellWhatToLookAt('VS Code opens with the extension loaded.');
  await Promise.race([running.ended, stopRequested]);
  await running.stop();
}

async function startInBrowser(): Promise<void> {
  await writeOnce(join(userFolder(userDataDir), 'settings.json'), writeSettings);
  const connectionToken = randomBytes(16).toString('hex');
  const server = await startServer({ dataDir: userDataDir, connectionToken, env });
  try {
    const address = workbenchAddress(server, { extensionDevelopmentPath: repoRoot, folder });
    if (flags.check) {
      await checkWorkbench(address, 'VT Feeds', 'start');
      return;
    }
    tellWhatToLookAt(`VS Code runs with the extension loaded. Open it in a browser:\n\n  ${address}\n`);
    if (!flags['no-open'] && hasDisplay()) openInBrowser(address);
    const outcome = await Promise.race([server.ended.then(() => 'ended'), stopRequested]);
    if (outcome === 'ended') {
      console.error(`The VS Code server ended by itself; see ${server.logFile}.`);
      process.exitCode = 1;
    }
  } finally {
    await server.stop();
  }
}

function tellWhatToLookAt(where: string): void {
  console.log(
    `${where}\nLook for the VT Feeds icon in the activity bar on the left: its tree shows sample feeds.`,
  );
  console.log('Press Ctrl+C here to end it.');
}

/** What the person changes between two starts is kept. */
async function writeOnce(file: string, write: (file: string) => Promise<void>): Promise<void> {
  if (existsSync(file)) return;
  await mkdir(join(file, '..'), { recursive: true });
  await write(file);
}
