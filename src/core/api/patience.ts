/** How often and how long something that failed is tried. */
export interface RetryLimits {
  /** Attempts in all. */
  readonly attempts: number;
  /** The most the first wait may last; every later one may last twice as long, up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** No attempt begins later than this after the first one. */
  readonly totalMs: number;
}

/** How slow the network may be. Only time spent waiting for it counts. */
export interface PaceLimits {
  /** Without a byte for so long a connection is given up. */
  readonly stallMs: number;
  /** The speed is measured over this much waiting. */
  readonly windowMs: number;
  readonly leastBytesPerSecond: number;
}

/** How long a client puts up with what. */
export interface Patience {
  /** Somebody waits for the first byte. */
  readonly open: RetryLimits;
  /** A download that has begun is worth more: a machine that wakes up needs a while to be online again. */
  readonly resume: RetryLimits;
  /** Breaks in a row that brought nothing worth mentioning before a download is given up. */
  readonly breaks: number;
  readonly pace: PaceLimits;
}

export const PATIENCE: Patience = {
  open: { attempts: 4, firstWaitMs: 1000, longestWaitMs: 8000, totalMs: 120_000 },
  resume: { attempts: 8, firstWaitMs: 1000, longestWaitMs: 30_000, totalMs: 240_000 },
  breaks: 5,
  pace: { stallMs: 30_000, windowMs: 30_000, leastBytesPerSecond: 1024 },
};
