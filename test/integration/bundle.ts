import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { outFolder } from '../support/host/paths.ts';

const here = import.meta.dirname;

/** Bundles the integration tests for the extension host and returns the bundle's path. */
export async function bundleTests(): Promise<string> {
  const outfile = join(outFolder, 'test', 'integration', 'index.cjs');
  await esbuild.build({
    entryPoints: [join(here, 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    plugins: [testFiles],
    logLevel: 'warning',
  });
  return outfile;
}

/** Provides the module `integration-test-files`, so a new test file is found without being listed anywhere. */
const testFiles: esbuild.Plugin = {
  name: 'integration-test-files',
  setup(build) {
    build.onResolve({ filter: /^integration-test-files$/ }, ({ path }) => ({
      path,
      namespace: 'test-files',
    }));
    build.onLoad({ filter: /.*/, namespace: 'test-files' }, () => {
      const files = readdirSync(here, { encoding: 'utf8', recursive: true })
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => file.replaceAll('\\', '/'))
        .sort();
      const loaders = files.map(
        (file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`,
      );
      return { contents: `exports.testFiles = {\n${loaders.join(',\n')}\n};`, resolveDir: here };
    });
  },
};
