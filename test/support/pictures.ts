// Makes the README's pictures, docs/images/*.webp, from screenshots of the last UI test run: `npm run pictures`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './host/browser.ts';
import { outFolder, repoRoot } from './host/paths.ts';

const PICTURES = {
  'summary-dark': 'summary',
  'artifact-link-dark': 'artifact-link',
  'report-dark': 'report',
  'downloading-tree-dark': 'download',
} as const;

/** Runs in the page, on the picture. */
const TO_WEBP = `async (image) => {
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.5 });
  return [...new Uint8Array(await blob.arrayBuffer())];
}`;

const folder = join(repoRoot, 'docs', 'images');
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  for (const [screenshot, name] of Object.entries(PICTURES)) {
    const png = await readFile(join(outFolder, 'screenshots', `${screenshot}.png`), 'base64');
    await page.setContent(`<img src="data:image/png;base64,${png}">`);
    const webp = await page.evaluate<number[]>(`(${TO_WEBP})(document.querySelector("img"))`);
    await writeFile(join(folder, `${name}.webp`), Buffer.from(webp));
  }
} finally {
  await browser.close();
}
