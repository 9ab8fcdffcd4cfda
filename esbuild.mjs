// Builds the two bundles that ship: dist/extension.cjs for the extension host, dist/worker.cjs for its threads.
// `--production` minifies and leaves the source maps out; `--watch` builds anew at every change.
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const building = await context({
  entryPoints: { extension: 'src/extension.ts', worker: 'src/worker/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  // Node.js of the oldest VS Code in "engines".
  target: 'node22.21',
  format: 'cjs',
  external: ['vscode'],
  minify: production,
  keepNames: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
});

if (watch) {
  await building.watch();
} else {
  await building.rebuild();
  await building.dispose();
}
