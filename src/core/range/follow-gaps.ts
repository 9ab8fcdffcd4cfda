import { feedInfo } from '../feed/feed.ts';
import type { Feed } from '../feed/feed.ts';
import { shiftSlot } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import type { Problem } from './problem.ts';
import { spanText } from './range-request.ts';

/** So many are remembered; a gap is long before it is this long. */
const REMEMBERED = 120;

/** The minutes of a followed feed that never came, and whether a person has to hear of them. */
export class FollowGaps {
  private minutes: Minute[];

  constructor(
    private readonly feed: Feed,
    gone: readonly Minute[],
    private accepted: Minute | undefined,
  ) {
    this.minutes = [...gone];
  }

  get gone(): readonly Minute[] {
    return this.minutes;
  }

  get acceptedUpTo(): Minute | undefined {
    return this.accepted;
  }

  /** A minute will not come. What to ask when it is one too many in a row. */
  add(minute: Minute, tolerance: number): Problem | undefined {
    const known = new Set([...this.minutes, minute]);
    this.minutes = [...known].sort().slice(-REMEMBERED);
    let [from, to] = [minute, minute];
    while (known.has(shiftSlot(from, -1))) from = shiftSlot(from, -1);
    while (known.has(shiftSlot(to, 1))) to = shiftSlot(to, 1);
    const isAccepted = this.accepted !== undefined && from <= this.accepted;
    const count = this.minutes.filter((gone) => gone >= from && gone <= to).length;
    if (count <= tolerance || isAccepted) return undefined;
    const sentence =
      `Following ${feedInfo(this.feed).title}: ${String(count)} minutes in a row have no batch (${spanText({ from, to })} UTC), ` +
      'and they did not come late. Go on following, or stop?';
    return { code: 'missingInARow', sentence };
  }

  /** A person knows of the gaps so far; one that grows is no other gap. */
  accept(): void {
    this.accepted = this.minutes.at(-1) ?? this.accepted;
  }
}
