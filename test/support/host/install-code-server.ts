import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from './install-once.ts';
import { npmInstall, npmInstallPackages } from './npm-install.ts';

const version = '4.139.1';

/**
 * The folder of a VS Code server with its workbench, installed from the npm registry the first time.
 * Its native modules stay unbuilt (no compiler needed): that costs log lines and nothing the tests use.
 */
export async function installCodeServer(): Promise<string> {
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const folder = await installOnce(`code-server-${version}`, async (partial) => {
    console.log(`Installing VS Code's server from npm (code-server ${version}, once, about 600 MB) …`);
    await npmInstallPackages(partial, { 'code-server': version });
    console.log('Installing its dependencies …');
    await npmInstall(join(partial, inside));
    await acceptDevelopmentExtensions(join(partial, inside));
    console.log("VS Code's server is installed.");
  });
  return join(folder, inside);
}

/**
 * The page loads an extension from a folder named in its address only when it runs for VS Code's own smoke tests,
 * and then shows no toasts and no dialogs. This lifts the condition, so that the flag is not needed.
 */
async function acceptDevelopmentExtensions(folder: string): Promise<void> {
  const file = join(folder, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js');
  const condition = 'this.payload&&(!this.isBuilt||this.enableSmokeTestDriver)';
  const parts = (await readFile(file, 'utf8')).split(condition);
  if (parts.length !== 2) throw new Error(`code-server ${version} is not as expected: see ${file}.`);
  await writeFile(file, parts.join('this.payload'));
}
