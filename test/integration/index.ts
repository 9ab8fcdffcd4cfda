// Runs inside the extension host: VS Code calls `run` of the bundle made of this file (see run.ts).
import { format } from 'node:util';
import Mocha from 'mocha';
import ClosingReporter from '../support/closing-reporter.cjs';
import { testOutputMark } from '../support/host/test-output.ts';
// Every *.test.ts below this folder, collected when the bundle is made.
import { testFiles } from 'integration-test-files';

/** Runs all integration tests. Rejects when one fails, and when there is none. */
export async function run(): Promise<void> {
  const mark = process.env[testOutputMark] ?? '';
  const { log } = console;
  // VS Code passes on the arguments of a call, not the line they make.
  const print = (...args: readonly unknown[]): void => {
    for (const line of format(...args).split('\n')) log(mark + line);
  };
  console.log = print;
  Mocha.reporters.Base.consoleLog = print;
  try {
    await runFiles();
  } catch (error) {
    print(error);
    throw error;
  }
}

async function runFiles(): Promise<void> {
  const mocha = new Mocha({ reporter: ClosingReporter, forbidOnly: true, timeout: 30_000, color: false });
  for (const [file, load] of Object.entries(testFiles)) {
    mocha.suite.emit('pre-require', globalThis, file, mocha);
    load();
  }
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    mocha.run(resolve).on('pass', () => passed++);
  });
  if (failed > 0) throw new Error(`${String(failed)} of the integration tests failed.`);
  if (passed === 0) throw new Error('No integration test ran.');
}
