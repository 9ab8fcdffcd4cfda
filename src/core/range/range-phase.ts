import type { Problem } from './problem.ts';

/** Where a range is on its way. */
export type RangePhase =
  | { readonly phase: 'running' }
  /** Nothing can be had before `until`, Unix milliseconds. */
  | { readonly phase: 'waiting'; readonly until: number; readonly problem: Problem }
  /** By a person, or because of a problem that a person has to look at. */
  | { readonly phase: 'paused'; readonly problem?: Problem }
  /** At its end, or before it: because of a problem, or because a person said that it is enough. */
  | { readonly phase: 'finished'; readonly problem?: Problem };

/** Whether it goes on by itself. */
export function isUnderWay({ phase }: RangePhase): boolean {
  return phase === 'running' || phase === 'waiting';
}

/** Why it stands still or waits, where there is a reason to tell. */
export function problemIn(phase: RangePhase): Problem | undefined {
  return phase.phase === 'running' ? undefined : phase.problem;
}
