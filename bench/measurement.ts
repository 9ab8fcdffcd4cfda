import type { BenchBatches } from './batches/bench-batches.ts';
import type { FeedService } from './children/feed-service.ts';
import type { Figure } from './report/figure.ts';
import type { Scale } from './scale.ts';

/** What every measurement works with. */
export interface Bench {
  readonly scale: Scale;
  readonly batches: BenchBatches;
  readonly service: FeedService;
  /** A folder for stores and the like; emptied at the end. */
  readonly scratch: string;
  /** The path of a rival; one that is not installed is named as skipped at the end. */
  readonly rival: (name: string) => string | undefined;
  /** Tells the person who waits. */
  readonly say: (text: string) => void;
}

/** Figures that are taken together. */
export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  /** Whether it takes more than a quick run has. */
  readonly isLong?: boolean;
  readonly measure: (bench: Bench) => Promise<readonly Figure[]>;
}
