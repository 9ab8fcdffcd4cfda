import { MINUTE_MS } from '../../core/feed/slot.ts';

/** Calls back whenever a new minute has begun, the moment at which another minute of every feed becomes available. */
export class MinuteClock {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onMinute: () => void) {
    this.wait();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private wait(): void {
    const untilNext = MINUTE_MS - (Date.now() % MINUTE_MS);
    this.timer = setTimeout(() => {
      this.onMinute();
      this.wait();
    }, untilNext + 50);
    this.timer.unref();
  }
}
