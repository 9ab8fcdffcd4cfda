/** How large the batches are and how often each figure is taken. */
export interface Scale {
  readonly name: 'full' | 'quick';
  /** Plain bytes of a minute. */
  readonly minuteBytes: number;
  /** Plain bytes of the large minute. */
  readonly largeBytes: number;
  /** Minutes in the hour's package, each of {@link minuteBytes}. */
  readonly hourMinutes: number;
  readonly rounds: number;
  /** For what takes minutes. */
  readonly longRounds: number;
  /** No measurement is begun later than this many seconds after the start; undefined: all are taken. */
  readonly lastStart: number | undefined;
}

export const FULL: Scale = {
  name: 'full',
  minuteBytes: 60e6,
  largeBytes: 300e6,
  hourMinutes: 60,
  rounds: 5,
  longRounds: 3,
  lastStart: undefined,
};

export const QUICK: Scale = {
  name: 'quick',
  minuteBytes: 8e6,
  largeBytes: 16e6,
  hourMinutes: 3,
  rounds: 2,
  longRounds: 1,
  lastStart: 35,
};
