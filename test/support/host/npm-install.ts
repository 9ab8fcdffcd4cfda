import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { killProcessGroup } from './process-group.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const stillBusyMs = 15_000;

/** Installs the given packages (name to exact version) into `folder`, which becomes a package of its own. */
export async function npmInstallPackages(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies }, undefined, 2),
  );
  await npmInstall(folder);
}

/**
 * Runs `npm install` without install scripts in a folder that has a manifest, saying every now and then that
 * it is still at it. Rejects with npm's last lines when npm fails. npm ends with this process.
 */
export async function npmInstall(folder: string): Promise<void> {
  const child = spawn(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--omit=dev',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--loglevel=error',
    ],
    { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const kill = (): void => {
    if (child.pid !== undefined) killProcessGroup(child.pid);
  };
  const killAndLeave = (signal: NodeJS.Signals): void => {
    kill();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('exit', kill);
  for (const signal of signals) process.once(signal, killAndLeave);
  const startedAt = Date.now();
  const stillBusy = setInterval(() => {
    console.log(`  still installing (${((Date.now() - startedAt) / 1000).toFixed(0)} s) …`);
  }, stillBusyMs);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0) {
      throw new Error(
        `npm install failed (exit code ${String(code)}); the first run needs the npm registry.\n${output.trim()}`,
      );
    }
  } finally {
    clearInterval(stillBusy);
    process.removeListener('exit', kill);
    for (const signal of signals) process.removeListener(signal, killAndLeave);
  }
}
