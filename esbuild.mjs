// Builds what ships: dist/extension.cjs for the extension host; batches.cjs, artifacts.cjs and sample.cjs for its
// threads, so that each loads what it needs and no more; decoder.cjs for theirs, and the WebAssembly they unpack with.
// `--production` minifies and leaves the source maps out; `--watch` builds anew at every change.
import { context } from 'esbuild';
import { buildWasm } from './build-wasm.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * Takes the editor's API into the bundle once. Else esbuild makes a copy of all its names for each file that imports it,
 * which was two thirds of the time the extension takes to load (measured).
 * @type {import('esbuild').Plugin}
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ path, namespace }) =>
      namespace === 'vscode-once' ? { path, external: true } : { path, namespace: 'vscode-once' },
    );
    onLoad({ filter: /^vscode$/, namespace: 'vscode-once' }, ({ path }) => ({
      contents: `export * from '${path}';`,
    }));
  },
};

const building = await context({
  entryPoints: {
    extension: 'src/extension.ts',
    batches: 'src/worker/entries/batches.ts',
    artifacts: 'src/worker/entries/artifacts.ts',
    sample: 'src/worker/entries/sample.ts',
    decoder: 'src/worker/decoder.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  // Node.js of the oldest VS Code in "engines".
  target: 'node22.21',
  format: 'cjs',
  plugins: [vscodeOnce],
  minify: production,
  keepNames: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
});

await buildWasm('dist/bzip2.wasm');

if (watch) {
  await building.watch();
} else {
  await building.rebuild();
  await building.dispose();
}
