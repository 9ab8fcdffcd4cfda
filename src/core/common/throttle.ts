/** Work that is done at once when it is asked for, and after that no sooner than `ms` later, however often it is asked for. */
export class Throttle {
  private timer: NodeJS.Timeout | undefined;
  private isAsked = false;

  constructor(
    private readonly work: () => void,
    private readonly ms: number,
  ) {}

  ask(): void {
    this.isAsked = true;
    if (this.timer === undefined) this.turn();
  }

  /** What was asked for and not done yet is dropped. */
  dispose(): void {
    clearTimeout(this.timer);
  }

  private turn(): void {
    this.timer = undefined;
    if (!this.isAsked) return;
    this.isAsked = false;
    this.timer = setTimeout(() => {
      this.turn();
    }, this.ms);
    this.timer.unref();
    this.work();
  }
}
