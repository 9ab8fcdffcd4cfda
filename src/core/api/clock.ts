import { setTimeout as timer } from 'node:timers/promises';

/** Time and chance, as far as asking an API needs them. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Milliseconds since some moment; never runs backwards, and may stand still while the machine sleeps. */
  elapsed(): number;
  /** Rejects when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to just under 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  wait: (ms, signal) => timer(ms, undefined, { signal }),
  random: () => Math.random(),
};
