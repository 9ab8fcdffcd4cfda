/** Time as a range or a follow knows it; a test has one of its own. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs `work` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, work: () => void): () => void;
}

/** A timer of Node.js fires at once when it is asked to wait longer than this. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The computer's clock. Its timers keep no process alive. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  after(ms: number, work: () => void): () => void {
    const timer = setTimeout(work, Math.min(Math.max(0, ms), LONGEST_WAIT_MS));
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  }
}
