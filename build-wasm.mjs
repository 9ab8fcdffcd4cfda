// Compiles src/wasm to WebAssembly: the bzip2 block decoder.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import asc from 'assemblyscript/asc';

/** Writes the module to `target`. Speed first: the whole is a few kilobytes. */
export async function buildWasm(target) {
  await mkdir(dirname(target), { recursive: true });
  const { error, stderr } = await asc.main([
    'src/wasm/index.ts',
    ...['--outFile', target],
    ...['--runtime', 'stub', '--use', 'abort=', '--noAssert'],
    ...['--optimizeLevel', '3', '--shrinkLevel', '0'],
    ...['--enable', 'simd', '--enable', 'bulk-memory'],
  ]);
  if (error) throw new Error(`src/wasm does not compile: ${stderr.toString()}`, { cause: error });
}
