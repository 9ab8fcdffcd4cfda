/** How fast something goes, smoothed: what was long ago counts less, half as much after `halfLifeMs`. */
export class Pace {
  private amount = 0;
  /** The time it took, faded as the amount is, milliseconds. */
  private weight = 0;
  private at: number | undefined;

  constructor(private readonly halfLifeMs: number) {}

  /** Time counts from `now` (Unix milliseconds) on, as after a pause. */
  start(now: number): void {
    this.at = now;
  }

  add(amount: number, now: number): void {
    this.pass(now);
    this.amount += amount;
  }

  /** Undefined while too little is known. */
  perSecond(now: number): number | undefined {
    this.pass(now);
    return this.weight < 1000 ? undefined : (this.amount / this.weight) * 1000;
  }

  private pass(now: number): void {
    const passed = Math.max(0, now - (this.at ?? now));
    this.at = now;
    const fade = 0.5 ** (passed / this.halfLifeMs);
    this.amount *= fade;
    this.weight = this.weight * fade + passed;
  }
}
