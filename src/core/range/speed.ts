import { Pace } from './pace.ts';

/** How fast a range goes: bytes over the network, and minutes that are done with. */
export class Speed {
  private readonly bytes = new Pace(8_000);
  private readonly minutes = new Pace(45_000);

  /** Time counts from here on. */
  start(now: number): void {
    this.bytes.start(now);
    this.minutes.start(now);
  }

  came(bytes: number, now: number): void {
    this.bytes.add(bytes, now);
  }

  done(minutes: number, now: number): void {
    this.minutes.add(minutes, now);
  }

  bytesPerSecond(now: number): number | undefined {
    return this.bytes.perSecond(now);
  }

  /** How long `minutes` more will take; undefined while none is done. */
  millisecondsFor(minutes: number, now: number): number | undefined {
    const perSecond = this.minutes.perSecond(now) ?? 0;
    return perSecond > 0 ? (minutes / perSecond) * 1000 : undefined;
  }
}
