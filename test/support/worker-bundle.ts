import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { DECODER_MODULE } from '../../src/worker/decoder-threads.ts';
import { decoderFolder } from './unpackers.ts';

/**
 * Bundles the entries of the workers and of their decoders as they are now, for the suite this is called in, with the
 * decoder's WebAssembly as it was built; removed afterwards. Gives the folder.
 */
export function useWorkerBundle(): () => string {
  let folder = '';
  before(async function () {
    this.timeout(30_000);
    folder = await mkdtemp(join(tmpdir(), 'vt-feeds-test-'));
    await build({
      entryPoints: [
        'src/worker/entries/batches.ts',
        'src/worker/entries/artifacts.ts',
        'src/worker/entries/sample.ts',
        'src/worker/decoder.ts',
      ],
      entryNames: '[name]',
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    await copyFile(join(decoderFolder, DECODER_MODULE), join(folder, DECODER_MODULE));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return () => folder;
}
