// @ts-check
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Rooms of src/core, and which of them each may import beside itself and `common`. Drawn in docs/architecture.md. */
const coreArrows = {
  feed: [],
  api: ['feed'],
  batch: ['feed'],
  store: ['feed'],
  render: ['feed'],
  artifacts: ['feed'],
  reading: ['feed', 'store', 'render'],
  download: ['feed', 'api', 'batch', 'store', 'artifacts', 'reading'],
  catalog: ['feed', 'api', 'store', 'download'],
  range: ['feed', 'api', 'store', 'download', 'catalog'],
};

/** One zone per room: nothing may come from `src` into `target` but what `except` names. */
function zone(target, from, except, message) {
  return { target: `./src/${target}`, from: `./src/${from}`, except, message };
}

const rooms = ['core', 'worker', 'vscode', 'sample', 'extension.ts'];
const zones = [
  ...Object.entries(coreArrows).map(([room, arrows]) =>
    zone(
      `core/${room}`,
      'core',
      ['common', room, ...arrows].map((name) => `./${name}`),
      'See the arrows in docs/architecture.md.',
    ),
  ),
  zone('core/common', 'core', ['./common'], 'The common room knows no other.'),
  ...rooms
    .filter((room) => room !== 'core')
    .map((room) => zone('core', room, [], 'The core knows nothing above it.')),
  zone('sample', 'core', ['./common', './feed'], 'The sample feeds know the domain only.'),
  zone('sample', 'vscode', [], 'The sample feeds know the domain only.'),
  zone('sample', 'worker', [], 'The sample feeds know the domain only.'),
  zone('worker', 'vscode', [], 'Workers know no editor.'),
  zone('vscode', 'sample', [], 'The sample feeds run behind a worker.'),
  zone(
    'vscode',
    'worker',
    ['./worker-client.ts', './worker-threads.ts', './protocol.ts'],
    'Only the client side of workers.',
  ),
  zone('vscode', 'extension.ts', [], 'extension.ts only composes.'),
];

export default defineConfig(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'src/wasm/', '.bench/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver': { node: { extensions: ['.ts'] } },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/vscode/**', 'src/extension.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'vscode', message: 'Only src/vscode may.' }] }],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs', 'test/support/host/vscode-executable'],
    languageOptions: {
      globals: { process: 'readonly', require: 'readonly', module: 'writable', console: 'readonly' },
    },
  },
);
