/** Made by bundle.ts: the loaders of all integration test files, by their path. */
declare module 'integration-test-files' {
  export const testFiles: Readonly<Record<string, () => void>>;
}

declare module '*/closing-reporter.cjs' {
  import type { reporters } from 'mocha';
  const ClosingReporter: typeof reporters.Spec;
  export default ClosingReporter;
}
