/** How blocks are unpacked: one after the other, or four chains in turn. */
export type Together = 1 | 4;

/** A step of a chain that takes no longer does not wait for memory: chains in turn would only crowd the caches (measured). */
const FAST_NS = 20;
/** Blocks that tell nothing: the engine has not compiled its best yet. */
const WARM_UP = 6;
/** Results of four come all at once, and late: it takes more than a little to be worth it. */
const CLEARLY = 1.15;
/**
 * After how often one way was taken the other is tried again: neighbours on the machine come and go. To try one block
 * alone costs little, to try four in vain much.
 */
const TRY_AGAIN: Readonly<Record<Together, number>> = { 1: 64, 4: 3 };

/**
 * Finds out which way is faster on this machine now. With memory at hand one block at a time stays within the caches;
 * where every step waits for it, four chains wait together.
 */
export class LaneChoice {
  private readonly costs = new Map<Together, number>();
  /** How often the better way was taken in a row. */
  private groups = 0;
  private seen = 0;

  next(): Together {
    const alone = this.costs.get(1);
    if (alone === undefined || (alone < FAST_NS && this.best() === 1)) return 1;
    const best = this.best();
    return this.groups < TRY_AGAIN[best] && this.costs.has(4) ? best : other(best);
  }

  /** `stepNs`: what a step of a chain took, nanoseconds. */
  record(together: Together, stepNs: number): void {
    if (this.seen++ < WARM_UP) return;
    this.groups = together === this.best() ? this.groups + 1 : 0;
    const before = this.costs.get(together);
    this.costs.set(together, before === undefined ? stepNs : (before + stepNs) / 2);
  }

  private best(): Together {
    const [alone = 0, four = Number.POSITIVE_INFINITY] = [this.costs.get(1), this.costs.get(4)];
    return alone <= four * CLEARLY ? 1 : 4;
  }
}

function other(together: Together): Together {
  return together === 1 ? 4 : 1;
}
