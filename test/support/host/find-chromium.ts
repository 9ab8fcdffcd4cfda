import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type ChromiumFiles, installChromium } from './install-chromium.ts';

/** How to start a Chromium: the executable and what it needs in its environment. */
export interface Chromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const installed = [
  'chromium',
  'google-chrome',
  'chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The Chromium named by `CHROME_PATH`, else one on the machine, else one installed from the npm registry. */
export async function findChromium(): Promise<Chromium> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH !== undefined && CHROME_PATH !== '') return { executablePath: CHROME_PATH, env: {} };
  for (const executablePath of installed) {
    if (await starts(executablePath, {})) return { executablePath, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chrome or Chromium found: install one, or name it in the environment variable CHROME_PATH.',
    );
  }
  return packaged(await installChromium());
}

async function packaged(files: ChromiumFiles): Promise<Chromium> {
  const executablePath = files.executable;
  const fonts = { FONTCONFIG_FILE: files.fontsConf, XDG_CACHE_HOME: files.cache };
  if (await starts(executablePath, fonts)) return { executablePath, env: fonts };
  const env = { ...fonts, LD_LIBRARY_PATH: files.libraries };
  if (await starts(executablePath, env)) return { executablePath, env };
  throw new Error(
    `${executablePath} does not start here: install Chrome or Chromium, or name one in CHROME_PATH.`,
  );
}

async function starts(executablePath: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ['--version'], {
      env: { ...process.env, ...env },
      timeout: 10_000,
    });
    return true;
  } catch {
    return false;
  }
}
