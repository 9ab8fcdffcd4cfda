import type { FollowRun } from './follow-run.ts';
import type { RangeRun } from './range-run.ts';

/** What a window runs: a range or a follow. */
export type TaskRun = RangeRun | FollowRun;
