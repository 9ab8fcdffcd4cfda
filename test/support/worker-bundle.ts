import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the worker's entry as it is now, for the suite this is called in; removed afterwards. */
export function useWorkerBundle(): () => string {
  let folder = '';
  before(async function () {
    this.timeout(30_000);
    folder = await mkdtemp(join(tmpdir(), 'vt-feeds-test-'));
    await build({
      entryPoints: { worker: 'src/worker/main.ts' },
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return () => join(folder, 'worker.cjs');
}
