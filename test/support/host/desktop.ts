import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { endProcessGroup } from './process-group.ts';

const onWindows = process.platform === 'win32';

/** A desktop VS Code that runs. */
export interface Desktop {
  /** Settles when its window was closed or it ended otherwise. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Whether a window can be shown to anybody here. */
export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return onWindows || process.platform === 'darwin' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** The executable named by `VSCODE_PATH`, else `code` of the PATH; undefined where neither can show a window. */
export function findDesktop(): string | undefined {
  const { VSCODE_PATH, VSCODE_IPC_HOOK_CLI, PATH = '' } = process.env;
  if (VSCODE_PATH) return VSCODE_PATH;
  // In the terminal of a remote window `code` speaks to that window and starts none.
  if (!hasDisplay() || VSCODE_IPC_HOOK_CLI) return undefined;
  const name = onWindows ? 'code.cmd' : 'code';
  return PATH.split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Opens a window with the extension loaded from its folder. */
export function startDesktop(
  executable: string,
  target: {
    readonly extensionDevelopmentPath: string;
    readonly folder: string;
    readonly userDataDir: string;
  },
  env: Readonly<Record<string, string>>,
): Desktop {
  const args = [
    '--new-window',
    // `code` would return at once otherwise; the executable itself ignores it.
    '--wait',
    '--disable-workspace-trust',
    `--extensionDevelopmentPath=${target.extensionDevelopmentPath}`,
    `--user-data-dir=${target.userDataDir}`,
    target.folder,
  ];
  const child = spawn(
    onWindows ? `"${executable}"` : executable,
    onWindows ? args.map((arg) => `"${arg}"`) : args,
    {
      env: { ...process.env, ...env },
      stdio: 'ignore',
      detached: !onWindows,
      shell: onWindows,
    },
  );
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('exit', () => {
      resolve();
    });
  });
  return { ended, stop: () => stopDesktop(child, target.userDataDir) };
}

/** `code` starts VS Code apart from itself; that process leaves its id in the data folder. */
async function stopDesktop(child: ChildProcess, userDataDir: string): Promise<void> {
  const pid = Number(await readFile(join(userDataDir, 'code.lock'), 'utf8').catch(() => ''));
  if (pid > 0) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It has ended meanwhile.
    }
  }
  await endProcessGroup(child);
}
