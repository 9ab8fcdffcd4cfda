import type { LongestBlock } from './block-watch.ts';

/** The environment variable that gives {@link Plan} to the code in the extension host. */
export const PLAN_VARIABLE = 'VTFEEDS_BENCH_PLAN';

/** Starts each line by which that code answers: a {@link JobReport} in JSON follows. */
export const REPORT_MARK = 'vt-feeds-bench ';

/** What is done while the event loop is watched. Times are slots in the API's spelling. */
export type Job = { readonly name: string } & (
  | { readonly kind: 'idle'; readonly seconds: number }
  /** A program that has nothing to do with us keeps the cores busy. */
  | {
      readonly kind: 'program';
      readonly path: string;
      readonly args: readonly string[];
      readonly input: string;
    }
  | { readonly kind: 'batch'; readonly time: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
);

export interface Plan {
  readonly key: string;
  readonly jobs: readonly Job[];
}

export interface JobReport {
  readonly job: string;
  readonly seconds: number;
  readonly longest: LongestBlock;
}
