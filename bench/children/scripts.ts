import { join } from 'node:path';
import { build } from 'esbuild';
import { repoRoot } from '../../test/support/host/paths.ts';
import { runProgram } from '../measure/run-program.ts';
import { benchFolder } from '../paths.ts';

type ScriptName = 'decode' | 'download' | 'feed-server' | 'in-memory' | 'random-record';

const names: readonly ScriptName[] = ['decode', 'download', 'feed-server', 'in-memory', 'random-record'];
const folder = join(benchFolder, 'children');

/** Bundles the scripts that run in processes of their own, so that those start as fast and small as they can. */
export async function bundleScripts(): Promise<void> {
  await build({
    entryPoints: names.map((name) => join(repoRoot, 'bench', 'children', `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // What is CommonJS among the packages asks for `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    target: 'node22.21',
    logLevel: 'warning',
  });
}

/** Arguments for Node.js to run a script with an input. */
export function scriptArguments(name: ScriptName, input: object): readonly string[] {
  return [join(folder, `${name}.mjs`), JSON.stringify(input)];
}

/** Runs a script to its end: what it reported, and how long its process took from start to end. */
export async function runScript<Report>(
  name: ScriptName,
  input: object,
): Promise<Report & { readonly processSeconds: number }> {
  const { stdout, seconds } = await runProgram(process.execPath, scriptArguments(name, input));
  return { ...(JSON.parse(stdout) as Report), processSeconds: seconds };
}
