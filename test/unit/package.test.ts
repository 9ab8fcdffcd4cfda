import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { repoRoot } from '../support/host/paths.ts';

/** Beyond this a download is felt. */
const MAX_VSIX_BYTES = 1_500_000;

describe('the package', function () {
  this.timeout(60_000);
  const files = new Map<string, string>();
  let size = 0;

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vt-feeds-package-'));
    try {
      const packagePath = join(folder, 'vt-feeds.vsix');
      await createVSIX({
        cwd: repoRoot,
        packagePath,
        dependencies: false,
        rewriteRelativeLinks: false,
        allowMissingRepository: true,
      });
      const bytes = await readFile(packagePath);
      size = bytes.length;
      for (const entry of await new ZipReader(new Uint8ArrayReader(bytes)).getEntries()) {
        if (!entry.directory) files.set(entry.filename, await entry.getData(new TextWriter('latin1')));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('holds a bundle each for the host, its threads and their decoders, and what VS Code shows of it', () => {
    const names = [...files.keys()].filter(
      (name) => name.startsWith('extension/') && !name.endsWith('.webp'),
    );
    assert.deepEqual(names.sort(), [
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/artifacts.cjs',
      'extension/dist/batches.cjs',
      'extension/dist/bzip2.wasm',
      'extension/dist/decoder.cjs',
      'extension/dist/extension.cjs',
      'extension/dist/sample.cjs',
      'extension/media/icon.png',
      'extension/media/vt-feeds.svg',
      'extension/package.json',
      'extension/package.nls.json',
      'extension/readme.md',
    ]);
  });

  it('holds every picture of the README', () => {
    const pictures = [...(files.get('extension/readme.md') ?? '').matchAll(/\]\((docs\/images\/[^)]+)\)/gu)];
    assert.ok(pictures.length > 0);
    for (const [, path] of pictures) assert.ok(files.has(`extension/${path ?? ''}`), path);
  });

  it('points to no source map, and holds no antivirus test file in one piece', () => {
    for (const [name, text] of files) {
      assert.ok(!text.includes('sourceMappingURL='), name);
      assert.ok(!text.includes(['EICAR', 'STANDARD', 'ANTIVIRUS'].join('-')), name);
    }
  });

  it('has nothing in the host bundle that talks HTTP or decodes: that is the worker', () => {
    const host = files.get('extension/dist/extension.cjs') ?? '';
    const worker = files.get('extension/dist/batches.cjs') ?? '';
    assert.ok(worker.includes('x-apikey'));
    assert.ok(!host.includes('x-apikey'));
    assert.ok(host.length < 150_000, String(host.length));
  });

  it('is small', () => {
    assert.ok(size > 100_000 && size <= MAX_VSIX_BYTES, String(size));
  });
});
