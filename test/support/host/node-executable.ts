import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from './paths.ts';

/**
 * The Node that runs the VS Code server: the project's own (`node` in devDependencies, the major version that
 * server is built for) and, where it is not installed, the Node of this process.
 */
export function nodeExecutable(): string {
  const own = join(
    repoRoot,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(own) ? own : process.execPath;
}
