import { execFile } from 'node:child_process';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installOnce } from './install-once.ts';
import { nodeExecutable } from './node-executable.ts';
import { npmInstallPackages } from './npm-install.ts';

const version = '153.0.0';
const fontsVersion = '2.37.3';

/** Fonts first of our own, so a screenshot looks alike on a machine without any; the machine's fill the gaps. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Open Sans</family><family>DejaVu Sans</family></prefer></alias>
  <alias binding="strong"><family>system-ui</family><prefer><family>Open Sans</family><family>DejaVu Sans</family></prefer></alias>
  <alias binding="strong"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;

/** What an installed Chromium consists of; absolute paths. */
export interface ChromiumFiles {
  readonly executable: string;
  /** Libraries for a machine that lacks them. */
  readonly libraries: string;
  readonly fontsConf: string;
  readonly cache: string;
}

/** A headless Chromium from the npm registry, for Linux on x64: extracted the first time, then only found. */
export async function installChromium(): Promise<ChromiumFiles> {
  const folder = await installOnce(`chromium-${version}`, async (partial) => {
    console.log(`Installing Chromium from npm (@sparticuz/chromium ${version}, once, about 300 MB) …`);
    const packages = join(partial, 'packages');
    await mkdir(packages);
    await npmInstallPackages(packages, { '@sparticuz/chromium': version, 'dejavu-fonts-ttf': fontsVersion });
    await extract(packages, partial);
    await cp(join(packages, 'node_modules', 'dejavu-fonts-ttf', 'ttf'), join(partial, 'fonts', 'dejavu'), {
      recursive: true,
    });
    await writeFile(join(partial, 'fonts.conf'), fontsConf);
    await rm(packages, { recursive: true });
    console.log('Chromium is installed.');
  });
  return {
    executable: join(folder, 'chromium'),
    libraries: join(folder, 'al2023', 'lib'),
    fontsConf: join(folder, 'fonts.conf'),
    cache: join(folder, 'cache'),
  };
}

/** The package extracts itself into the temporary folder; naming the variable below makes it add its libraries. */
async function extract(packages: string, into: string): Promise<void> {
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  await promisify(execFile)(nodeExecutable(), ['--eval', script], {
    cwd: packages,
    env: { ...process.env, TMPDIR: into, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  await rm(join(into, 'fonts', 'fonts.conf'), { force: true });
  await rename(join(into, 'fonts', 'fonts'), join(into, 'fonts', 'packaged'));
}
