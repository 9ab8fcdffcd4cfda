import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const NO_VSCODE = 'no-restricted-imports';
const ARROWS = 'import-x/no-restricted-paths';
const CYCLES = 'import-x/no-cycle';

/** The project's own configuration with nothing but some of its rules, and without types: quick. */
function linterOf(...rules: readonly string[]): ESLint {
  return new ESLint({
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    overrideConfig: [tseslint.configs.disableTypeChecked],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
}

const arrows = linterOf(NO_VSCODE, ARROWS);

/** The rules that report `code` as if it stood in `filePath`. */
async function reported(filePath: string, code: string, linter = arrows): Promise<string[]> {
  const [result] = await linter.lintText(code, { filePath });
  assert.ok(result !== undefined);
  const { messages, fatalErrorCount } = result;
  assert.equal(fatalErrorCount, 0, messages[0]?.message);
  return messages.flatMap(({ ruleId }) => ruleId ?? []);
}

describe('the layer rules', function () {
  this.timeout(30_000);

  const breaches: readonly (readonly [what: string, file: string, imported: string])[] = [
    ['the core imports VS Code', 'src/core/feed/planted.ts', 'vscode'],
    ['the catalog imports VS Code', 'src/core/catalog/planted.ts', 'vscode'],
    ['a worker imports VS Code', 'src/worker/planted.ts', 'vscode'],
    ['the sample feeds import VS Code', 'src/sample/planted.ts', 'vscode'],
    ['the domain imports the API client', 'src/core/feed/planted.ts', '../api/origin.ts'],
    ['the domain imports the store', 'src/core/feed/planted.ts', '../store/layout.ts'],
    ['the common room imports the domain', 'src/core/common/planted.ts', '../feed/slot.ts'],
    ['the API client imports the store', 'src/core/api/planted.ts', '../store/layout.ts'],
    ['the pipeline imports the store', 'src/core/batch/planted.ts', '../store/layout.ts'],
    ['the store imports the pipeline', 'src/core/store/planted.ts', '../batch/ingest.ts'],
    ['the renderings import the store', 'src/core/render/planted.ts', '../store/layout.ts'],
    ['reading imports the API client', 'src/core/reading/planted.ts', '../api/origin.ts'],
    ['the catalog imports the pipeline', 'src/core/catalog/planted.ts', '../batch/ingest.ts'],
    ['the core imports a worker', 'src/core/catalog/planted.ts', '../../worker/protocol.ts'],
    ['the core imports the editor side', 'src/core/catalog/planted.ts', '../../vscode/platform/log.ts'],
    ['the core imports the sample feeds', 'src/core/batch/planted.ts', '../../sample/sample-server.ts'],
    ['the core imports the composition', 'src/core/feed/planted.ts', '../../extension.ts'],
    ['a worker imports the editor side', 'src/worker/planted.ts', '../vscode/platform/log.ts'],
    ['the sample feeds import the API client', 'src/sample/planted.ts', '../core/api/origin.ts'],
    ['the sample feeds import the store', 'src/sample/batches/planted.ts', '../../core/store/layout.ts'],
    ['the sample feeds import a worker', 'src/sample/planted.ts', '../worker/protocol.ts'],
    [
      'the editor side imports the sample feeds',
      'src/vscode/tree/planted.ts',
      '../../sample/sample-server.ts',
    ],
    [
      "the editor side imports a worker's inside",
      'src/vscode/tree/planted.ts',
      '../../worker/batch-handlers.ts',
    ],
    ['the editor side imports the composition', 'src/vscode/tree/planted.ts', '../../extension.ts'],
  ];
  for (const [what, file, imported] of breaches) {
    it(`report it when ${what}`, async () => {
      const rule = imported === 'vscode' ? NO_VSCODE : ARROWS;
      assert.deepEqual(
        await reported(file, `import * as planted from '${imported}';\nexport { planted };\n`),
        [rule],
      );
      assert.deepEqual(
        await reported(file, `import type * as planted from '${imported}';\nexport type { planted };\n`),
        [rule],
      );
    });
  }

  it('report an import cycle', async () => {
    const cycle = "import { availability } from './window.ts';\nexport const MINUTE_MS = availability;\n";
    assert.deepEqual(await reported('src/core/feed/slot.ts', cycle, linterOf(CYCLES)), [CYCLES]);
  });

  const allowed: readonly (readonly [what: string, file: string, imported: string])[] = [
    ['the editor side imports VS Code', 'src/vscode/tree/planted.ts', 'vscode'],
    ['the editor side imports the core', 'src/vscode/tree/planted.ts', '../../core/catalog/catalog.ts'],
    [
      'the editor side imports the client of workers',
      'src/vscode/tree/planted.ts',
      '../../worker/worker-threads.ts',
    ],
    ['a worker imports the core', 'src/worker/planted.ts', '../core/store/batch-store.ts'],
    ['downloads import the API client', 'src/core/download/planted.ts', '../api/feed-client.ts'],
    ['the sample feeds import the domain', 'src/sample/planted.ts', '../core/feed/slot.ts'],
  ];
  for (const [what, file, imported] of allowed) {
    it(`let it pass when ${what}`, async () => {
      assert.deepEqual(
        await reported(file, `import * as planted from '${imported}';\nexport { planted };\n`),
        [],
      );
    });
  }
});
