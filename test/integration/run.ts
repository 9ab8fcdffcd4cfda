// Runs the integration tests inside VS Code: the desktop one named by VSCODE_PATH, else the one from npm.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { startSampleServer } from '../../src/sample/sample-server.ts';
import type { SampleRequest } from '../../src/sample/http/request-log.ts';
import type { SampleServer } from '../../src/sample/sample-server.ts';
import { hostCache, repoRoot } from '../support/host/paths.ts';
import { makeScratchFolder } from '../support/host/scratch-folder.ts';
import { writeSettings } from '../support/host/user-settings.ts';
import { bundleTests } from './bundle.ts';

const hostFromNpm = join(repoRoot, 'test', 'support', 'host', 'vscode-executable');

const extensionTestsPath = await bundleTests();
const userDataDir = await makeScratchFolder('integration');
/** In the place of VirusTotal: a key of its own, no licence for domains, and so slow that a test can see batches come. */
const server = await startSampleServer({
  key: randomBytes(32).toString('hex'),
  unlicensed: ['domains'],
  bytesPerSecond: 25_000,
});
try {
  const folder = join(userDataDir, 'workspace');
  await mkdir(folder);
  await writeFile(join(folder, 'README.md'), 'A folder for the integration tests to work in.\n');
  await writeSettings(join(userDataDir, 'User', 'settings.json'));
  await runTests({
    vscodeExecutablePath: process.env.VSCODE_PATH ?? hostFromNpm,
    extensionDevelopmentPath: repoRoot,
    extensionTestsPath,
    extensionTestsEnv: { VTFEEDS_API_ORIGIN: server.origin, VTFEEDS_TEST_KEY: server.key },
    launchArgs: [
      folder,
      `--user-data-dir=${userDataDir}`,
      `--extensions-dir=${join(userDataDir, 'extensions')}`,
    ],
  });
  assertKeySentOnlyToApi(server);
  await assertNotOnDisk(server.key, userDataDir);
  await rm(userDataDir, { recursive: true, force: true });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  const kept = join(hostCache, 'integration-failed');
  await rm(kept, { recursive: true, force: true });
  await rename(userDataDir, kept);
  console.error(`What VS Code logged is below ${kept}.`);
  process.exitCode = 1;
} finally {
  await server.close();
}

/** The key went to the API, with every request there, and never to the storage its redirects lead to. */
function assertKeySentOnlyToApi({ requests }: SampleServer): void {
  const to = (origin: string): readonly SampleRequest[] =>
    requests.filter((request) => request.origin === origin);
  assert.ok(to('api').some(({ keySent }) => keySent));
  assert.ok(to('storage').length > 0);
  assert.deepEqual(
    to('storage').filter(({ keySent }) => keySent),
    [],
    'the key reached the storage',
  );
  console.log(`The key went to the API ${String(to('api').length)} times and to no other origin.`);
}

/** No log, store, artifact or state file that VS Code and the extension wrote holds the key. */
async function assertNotOnDisk(key: string, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  assert.ok(files.length > 20, 'there are files to search');
  for (const file of files) {
    const bytes = await readFile(file);
    assert.ok(!bytes.includes(key) && !bytes.includes(key.toUpperCase()), `the key is in ${file}`);
  }
  console.log(`The key is in none of the ${String(files.length)} files that were written.`);
}
