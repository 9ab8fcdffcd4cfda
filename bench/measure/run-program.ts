import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { peakMemory } from './peak-memory.ts';

/** What a whole process took. */
export interface ProgramRun {
  /** From its start to its end. */
  readonly seconds: number;
  /** Bytes; the last that was seen before it ended. */
  readonly peakMemory: number | undefined;
  readonly stdout: string;
}

const MEMORY_POLL_MS = 10;

/** Runs a program to its end. Fails when it does. Its input is the file `stdin`, its output is kept unless `discard`. */
export async function runProgram(
  path: string,
  args: readonly string[],
  { stdin, discard = false }: { readonly stdin?: string; readonly discard?: boolean } = {},
): Promise<ProgramRun> {
  const input = stdin === undefined ? undefined : await open(stdin);
  try {
    const startedAt = performance.now();
    const child = spawn(path, args, {
      stdio: [input?.fd ?? 'ignore', discard ? 'ignore' : 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    let peak: number | undefined;
    const poll = setInterval(() => (peak = peakMemory(child.pid ?? 0) ?? peak), MEMORY_POLL_MS);
    const [code] = (await once(child, 'close').finally(() => {
      clearInterval(poll);
    })) as [number | null];
    const seconds = (performance.now() - startedAt) / 1000;
    if (code !== 0) throw new Error(`${path} ended with ${String(code)}.`);
    return { seconds, peakMemory: peak, stdout };
  } finally {
    await input?.close();
  }
}
