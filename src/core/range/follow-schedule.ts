import { MINUTE_MS, shiftSlot, startOf } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { MINUTE_LAG_MS, newestMinute } from '../feed/window.ts';

/** A minute that had no batch when it was due: it may come late. */
export interface LateMinute {
  readonly minute: Minute;
  /** How often it was asked for. */
  readonly tries: number;
  /** When it is asked for again, Unix milliseconds. */
  readonly at: number;
}

/** What a follow takes next, and when, Unix milliseconds. */
export interface Due {
  readonly minute: Minute;
  readonly at: number;
}

/** Who was away for longer gets this much of what was missed; the rest is a range to be asked for. */
const CATCH_UP_MINUTES = 60;
/** Once when it is due, and once in each of the two minutes after. */
const MAX_TRIES = 3;
/** Not all the world at the first second of a minute. */
const OFFSET_MS = 12_000;

/** When a follow takes which minute: each as it becomes available, one without a batch twice more. */
export class FollowSchedule {
  private offset: number;
  private notBefore = 0;
  private waiting: LateMinute[];

  constructor(
    /** The newest minute that was dealt with. */
    private newest: Minute,
    late: readonly LateMinute[],
    /** 0 to 1. */
    private readonly random: () => number,
  ) {
    this.waiting = [...late];
    this.offset = this.random() * OFFSET_MS;
  }

  get last(): Minute {
    return this.newest;
  }

  get late(): readonly LateMinute[] {
    return this.waiting;
  }

  next(): Due {
    const minute = shiftSlot(this.newest, 1);
    const fresh = { minute, at: Math.max(this.notBefore, startOf(minute) + MINUTE_LAG_MS + this.offset) };
    return this.waiting.reduce<Due>((first, late) => (late.at < first.at ? late : first), fresh);
  }

  /** A minute needs no more work. */
  done(minute: Minute): void {
    this.waiting = this.waiting.filter((late) => late.minute !== minute);
    this.pass(minute);
  }

  /** A minute could not be had at `now`. Whether it is tried again; if not, it is done with. */
  missed(minute: Minute, now: number): boolean {
    const tries = (this.waiting.find((late) => late.minute === minute)?.tries ?? 0) + 1;
    this.done(minute);
    if (tries >= MAX_TRIES) return false;
    this.waiting.push({ minute, tries, at: now + MINUTE_MS + this.random() * OFFSET_MS });
    return true;
  }

  /** Nothing new is due before `at`. */
  postpone(at: number): void {
    this.notBefore = at;
    this.waiting = this.waiting.map((late) => ({ ...late, at: Math.max(late.at, at) }));
  }

  /** Leaves out what is too far back to catch up with at `now`, and says what that was. */
  skip(now: number): { readonly from: Minute; readonly to: Minute } | undefined {
    const from = shiftSlot(this.newest, 1);
    const to = shiftSlot(newestMinute(now), -CATCH_UP_MINUTES);
    if (to < from) return undefined;
    this.newest = to;
    this.waiting = this.waiting.filter(({ minute }) => minute > to);
    return { from, to };
  }

  private pass(minute: Minute): void {
    if (minute <= this.newest) return;
    this.newest = minute;
    this.offset = this.random() * OFFSET_MS;
  }
}
