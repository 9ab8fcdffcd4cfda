import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has bzip2. Tests that would ask it say so where it is absent. */
export const hasSystemBzip2 = spawnSync('bzip2', ['--help']).error === undefined;
if (!hasSystemBzip2) console.log('    bzip2 is not installed here: nothing is compared with it');

/** Its line of a file that is whole. */
const OK = /^ +\d+\.bz2: +(?:trailing garbage after EOF ignored\n)?ok$/gmu;

/** Packed by bzip2 itself. */
export function systemPacked(plain: Buffer, level: number): Buffer {
  return run([`-${String(level)}`], plain).stdout;
}

/** What bzip2 itself makes of a file; undefined where it refuses it. */
export function systemUnpacked(packed: Buffer): Buffer | undefined {
  const { status, stdout } = run(['-dc'], packed);
  return status === 0 ? stdout : undefined;
}

/** Which of these files bzip2 takes for whole. It is started once for all of them. */
export function systemAccepts(files: readonly Buffer[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'vt-feeds-test-'));
  try {
    for (const [at, file] of files.entries()) writeFileSync(join(folder, `${String(at)}.bz2`), file);
    const names = Array.from(files.keys(), (at) => `${String(at)}.bz2`);
    const { stderr } = spawnSync('bzip2', ['-tv', ...names], { cwd: folder, maxBuffer: 2 ** 26 });
    const fine = new Set(
      stderr
        .toString()
        .match(OK)
        ?.map((line) => parseInt(line, 10)),
    );
    return files.map((_, at) => fine.has(at));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(options: readonly string[], input: Buffer): { status: number | null; stdout: Buffer } {
  return spawnSync('bzip2', options, { input, maxBuffer: 2 ** 28 });
}
