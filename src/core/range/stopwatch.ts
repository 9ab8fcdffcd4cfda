/** Adds up how long something ran, in milliseconds; times are Unix milliseconds. */
export class Stopwatch {
  private since: number | undefined;

  constructor(private sum: number) {}

  /** Runs or stands still from `now` on. */
  set(running: boolean, now: number): void {
    this.sum = this.total(now);
    this.since = running ? now : undefined;
  }

  total(now: number): number {
    return this.sum + Math.max(0, now - (this.since ?? now));
  }
}
