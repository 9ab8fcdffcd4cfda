import { ThreadClock } from './thread-times.ts';

/** The longest of all turns of an event loop, each by itself, milliseconds. */
export interface LongestBlock {
  /** By the clock: what everybody who shares the loop had to wait, for whatever reason. */
  readonly wall: number;
  /** Without the time in which the thread could have gone on and others had the cores. */
  readonly held: number;
  /** Time on a core alone. */
  readonly work: number;
}

const INTERVAL_MS = 1;

/** Looks at the loop every millisecond, from its making to {@link end}. */
export class BlockWatch {
  private longest: LongestBlock = { wall: 0, held: 0, work: 0 };
  private readonly clock = new ThreadClock();
  private times = this.clock.read();
  private seenAt = performance.now();
  private readonly timer = setInterval(() => {
    this.look();
  }, INTERVAL_MS);

  end(): LongestBlock {
    clearInterval(this.timer);
    this.look();
    this.clock.close();
    return this.longest;
  }

  private look(): void {
    const times = this.clock.read();
    const now = performance.now();
    const wall = now - this.seenAt - INTERVAL_MS;
    this.longest = {
      wall: Math.max(this.longest.wall, wall),
      held: Math.max(this.longest.held, wall - (times.wait - this.times.wait)),
      work: Math.max(this.longest.work, times.work - this.times.work),
    };
    this.times = times;
    this.seenAt = now;
  }
}
