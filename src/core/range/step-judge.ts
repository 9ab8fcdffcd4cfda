import type { VtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import { isPackage, minuteSteps } from './plan.ts';
import type { Step } from './plan.ts';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { reactionTo } from './reaction.ts';
import type { StoreView } from './store-view.ts';
import type { Tally } from './tally.ts';

/** What a range does after a step. Times are Unix milliseconds. */
export type Verdict =
  | { readonly verdict: 'goOn' }
  /** These steps come first. */
  | { readonly verdict: 'insert'; readonly steps: readonly Step[] }
  /** When everything else is done, no sooner than `at`, what is left is tried again. */
  | { readonly verdict: 'comeBack'; readonly at: number; readonly problem: Problem }
  | { readonly verdict: 'wait'; readonly until: number; readonly problem: Problem }
  /** Without a problem: somebody ended a download by hand. */
  | { readonly verdict: 'pause'; readonly problem?: Problem }
  | { readonly verdict: 'end'; readonly problem: Problem };

const GO_ON: Verdict = { verdict: 'goOn' };
/** A minute that the service says is still to come is asked for so often: one of the two clocks is wrong. */
const MAX_TRIES = 3;
/** Without a time from the service. */
const LATER_MS = 20_000;
const QUOTA_MS = 60_000;
/** So many in a row are no matter of single minutes. */
const TROUBLES_IN_A_ROW = 5;

/** Counts what became of the steps of a range, and says what that means for those to come. */
export class StepJudge {
  /** Hours whose package cannot be had. */
  readonly withoutPackage = new Set<Hour>();
  private readonly early = new Map<Minute, number>();
  private troubles = 0;

  constructor(
    private readonly feed: Feed,
    private readonly tally: Tally,
    private readonly store: StoreView,
    private readonly tolerance: () => number,
  ) {}

  /** A step came to its end. Minutes that a package neither brought nor named as missing are taken by themselves. */
  done(step: Step): Verdict {
    this.troubles = 0;
    if (!isPackage(step)) {
      this.tally.add(step.slot, this.store.find({ feed: this.feed, slot: step.slot }));
      return GO_ON;
    }
    for (const slot of this.left(step)) {
      const id = { feed: this.feed, slot };
      const found = this.store.find(id);
      if (found !== undefined) this.tally.add(slot, found);
      else if (this.store.isMissing(id)) this.tally.miss(slot);
    }
    return this.orGap({ verdict: 'insert', steps: minuteSteps(this.left(step)) });
  }

  failed(step: Step, error: VtFeedsError, now: number): Verdict {
    const problem = problemOf(error);
    const reaction = reactionTo(error.code);
    this.troubles = reaction === 'trouble' ? this.troubles + 1 : 0;
    switch (reaction) {
      case 'wait':
        return { verdict: 'wait', until: error.facts.retryAt ?? now + QUOTA_MS, problem };
      case 'unreachable':
      case 'unwritable':
        return { verdict: 'pause', problem };
      case 'refused':
        return { verdict: 'end', problem };
      case 'cancelled':
        return { verdict: 'pause' };
      case 'missing':
      case 'later':
      case 'trouble':
      case 'failed':
        break;
    }
    if (this.troubles >= TROUBLES_IN_A_ROW) return { verdict: 'pause', problem };
    if (isPackage(step)) {
      this.withoutPackage.add(step.slot);
      return { verdict: 'insert', steps: minuteSteps(this.left(step)) };
    }
    return this.minuteFailed(step.slot, error, reaction, now);
  }

  private minuteFailed(
    minute: Minute,
    error: VtFeedsError,
    reaction: 'missing' | 'later' | 'trouble' | 'failed',
    now: number,
  ): Verdict {
    if (reaction === 'missing') {
      this.tally.miss(minute);
      return this.orGap(GO_ON);
    }
    const tries = (this.early.get(minute) ?? 0) + 1;
    if (reaction === 'later' && tries < MAX_TRIES) {
      this.early.set(minute, tries);
      return { verdict: 'comeBack', at: error.facts.retryAt ?? now + LATER_MS, problem: problemOf(error) };
    }
    this.tally.fail(minute, error.message);
    return GO_ON;
  }

  private orGap(verdict: Verdict): Verdict {
    const problem = this.tally.gap(this.tolerance());
    return problem === undefined ? verdict : { verdict: 'pause', problem };
  }

  /** Those of a step's minutes of which nothing is known yet. */
  private left({ minutes }: Step): Minute[] {
    return minutes.filter((minute) => this.tally.fateOf(minute) === 'pending');
  }
}
