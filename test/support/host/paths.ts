import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root: the folder of the extension's manifest. Absolute. */
export const repoRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** Where everything a VS Code host needs is kept between runs; git-ignored, safe to delete. */
export const hostCache = join(repoRoot, '.vscode-test');

/** Where builds and test results go; git-ignored, safe to delete. */
export const outFolder = join(repoRoot, 'out');
