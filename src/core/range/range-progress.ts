/** How far a range is. */
export interface RangeProgress {
  /** Minutes that need no more work. */
  readonly done: number;
  readonly total: number;
  /** Over the network, smoothed; undefined where too little is known. */
  readonly bytesPerSecond: number | undefined;
  readonly millisecondsLeft: number | undefined;
}
