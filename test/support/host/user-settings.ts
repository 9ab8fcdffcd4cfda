import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Settings by their full id. */
export type Settings = Readonly<Record<string, unknown>>;

/** A VS Code that shows what it is asked to and nothing of its own accord. */
const quiet: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.commandCenter': false,
  'window.confirmBeforeClose': 'never',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Where the npm-only host keeps a user's settings, storage and keybindings below its data folder. */
export function userFolder(dataDir: string): string {
  return join(dataDir, 'data', 'User');
}

/** Writes the user's settings file: the quiet defaults and, over them, the given ones. */
export async function writeSettings(file: string, settings: Settings = {}): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...quiet, ...settings }, undefined, 2));
}
