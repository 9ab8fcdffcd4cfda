import type { Clock } from '../../src/core/range/clock.ts';

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** A clock that goes when it is told to. */
export class FakeClock implements Clock {
  private readonly timers = new Set<Timer>();

  /** `time`: Unix milliseconds. */
  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  after(ms: number, work: () => void): () => void {
    const timer = { at: this.time + Math.max(0, ms), work };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.timers.size;
  }

  /** Lets `ms` milliseconds go by, and with them everything that was to be done. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let next = this.first(end); next !== undefined; next = this.first(end)) {
      this.time = Math.max(this.time, next.at);
      this.timers.delete(next);
      next.work();
      await settle();
    }
    this.time = end;
  }

  /** The computer slept: time went by and no timer ran. */
  sleep(ms: number): void {
    this.time += ms;
  }

  private first(end: number): Timer | undefined {
    return [...this.timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Lets everything run that is ready to, without time going by. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
}
