import { Emitter } from '../common/emitter.ts';
import { toVtFeedsError } from '../common/errors.ts';
import type { VtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import { MINUTE_MS } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { FollowGaps } from './follow-gaps.ts';
import type { FollowPhase, FollowRecord } from './follow-record.ts';
import { FollowSchedule } from './follow-schedule.ts';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import type { RangePorts } from './range-ports.ts';
import { reactionTo } from './reaction.ts';
import type { TaskChange } from './task-change.ts';

export type FollowPorts = Pick<RangePorts, 'clock' | 'fetch' | 'tolerance'> & {
  /** 0 to 1. */
  readonly random: () => number;
};

/** The clock is looked at at least so often: a computer that slept does not know by its timers. */
const LOOK_MS = 30_000;
/** A follow that falls behind and behind leaves out a minute each minute. */
const TELL_MS = 30 * MINUTE_MS;
/** While the service cannot be reached, or has no words about when. */
const AGAIN_MS = [15_000, 30_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS] as const;

/**
 * Takes each minute of a feed as it becomes available, one at a time. What passes by itself is waited for; what a
 * person has to look at makes it stand still with a problem.
 */
export class FollowRun {
  readonly kind = 'follow';
  private readonly schedule: FollowSchedule;
  private readonly gaps: FollowGaps;
  private readonly changes = new Emitter<TaskChange>();
  private current: FollowPhase;
  private skipped: FollowRecord['skipped'];
  private underWay: AbortController | undefined;
  private stopTimer: (() => void) | undefined;
  private setbacks = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly begun: FollowRecord,
    private readonly ports: FollowPorts,
  ) {
    const { feed, last, late, gone, acceptedUpTo, skipped, phase } = begun;
    this.schedule = new FollowSchedule(last, late, ports.random);
    this.gaps = new FollowGaps(feed, gone, acceptedUpTo);
    this.skipped = skipped;
    this.current = phase;
  }

  get id(): string {
    return this.begun.id;
  }

  get feed(): Feed {
    return this.begun.feed;
  }

  get phase(): FollowPhase {
    return this.current;
  }

  /** Why it stands still or waits, where there is a reason to tell. */
  get problem(): Problem | undefined {
    return this.current.phase === 'following' ? undefined : this.current.problem;
  }

  /** Whether it goes on by itself, here or in the next window. */
  get isUnderWay(): boolean {
    return this.current.phase !== 'paused';
  }

  /** What there is to write down of it. */
  get record(): FollowRecord {
    const { acceptedUpTo, gone } = this.gaps;
    const { last, late } = this.schedule;
    const { kind, id, feed } = this.begun;
    return {
      ...{ kind, id, feed, phase: this.current, last, late, gone },
      ...(acceptedUpTo === undefined ? {} : { acceptedUpTo }),
      ...(this.skipped === undefined ? {} : { skipped: this.skipped }),
    };
  }

  /** Goes on as its record says. */
  start(): void {
    if (this.isUnderWay) this.turn();
  }

  /** Goes on past a problem, or at once where it waits. */
  resume(): void {
    if (this.current.phase === 'following') return;
    this.gaps.accept();
    this.enter({ phase: 'following' });
    this.turn();
  }

  /** What was left out since this was asked, where it is time to tell a person: when it goes on, and not all the time. */
  takeSkipped(): FollowRecord['skipped'] {
    const { skipped } = this;
    const now = this.ports.clock.now();
    const isTime = this.current.phase === 'following' && now - this.toldAt >= TELL_MS;
    if (skipped === undefined || !isTime) return undefined;
    this.toldAt = now;
    this.skipped = undefined;
    this.changes.emit('phase');
    return skipped;
  }

  /** Does nothing more, and stays what it was: another window, or a later start, goes on with it. */
  halt(): void {
    this.stopTimer?.();
    this.underWay?.abort();
    this.underWay = undefined;
  }

  /** Takes what is due, or waits for it. */
  private turn(): void {
    this.stopTimer?.();
    if (this.underWay !== undefined || !this.isUnderWay) return;
    const { clock } = this.ports;
    const now = clock.now();
    this.skipWhatIsFarBack(now);
    const due = this.schedule.next();
    const at = this.current.phase === 'waiting' ? Math.max(this.current.until, due.at) : due.at;
    if (at <= now) void this.take(due.minute);
    else
      this.stopTimer = clock.after(Math.min(at - now, LOOK_MS), () => {
        this.turn();
      });
  }

  private async take(slot: Minute): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.underWay = controller;
    const outcome = await this.ports
      .fetch({ feed: this.feed, slot }, { signal, onEvent: () => undefined })
      .then(() => undefined, toVtFeedsError);
    if (signal.aborted) return;
    this.underWay = undefined;
    if (outcome === undefined) this.took(slot);
    else this.react(slot, outcome, this.ports.clock.now());
    this.turn();
  }

  private took(slot: Minute): void {
    this.setbacks = 0;
    this.schedule.done(slot);
    this.enter({ phase: 'following' });
  }

  private react(slot: Minute, error: VtFeedsError, now: number): void {
    const problem = problemOf(error);
    const reaction = reactionTo(error.code);
    switch (reaction) {
      case 'wait':
        this.enter({ phase: 'waiting', until: error.facts.retryAt ?? now + MINUTE_MS, problem });
        break;
      case 'unreachable':
      case 'trouble':
        this.enter({ phase: 'waiting', until: now + this.setback(), problem });
        break;
      case 'unwritable':
      case 'refused':
        this.enter({ phase: 'paused', problem });
        break;
      case 'later':
      case 'cancelled':
        this.schedule.postpone(Math.max(error.facts.retryAt ?? 0, now + this.setback()));
        this.enter({ phase: 'following' });
        break;
      case 'missing':
      case 'failed':
        this.missed(slot, reaction, now);
        break;
    }
  }

  /** A minute that could not be had is tried again in the next minutes; then it is passed over. */
  private missed(slot: Minute, reaction: 'missing' | 'failed', now: number): void {
    this.setbacks = 0;
    const isTriedAgain = this.schedule.missed(slot, now);
    const isGone = !isTriedAgain && reaction === 'missing';
    const problem = isGone ? this.gaps.add(slot, this.ports.tolerance()) : undefined;
    this.enter(problem === undefined ? { phase: 'following' } : { phase: 'paused', problem });
  }

  private skipWhatIsFarBack(now: number): void {
    const skipped = this.schedule.skip(now);
    if (skipped === undefined) return;
    this.skipped = { from: this.skipped?.from ?? skipped.from, to: skipped.to };
    this.changes.emit('phase');
  }

  private setback(): number {
    const wait = AGAIN_MS[Math.min(this.setbacks, AGAIN_MS.length - 1)] ?? MINUTE_MS;
    this.setbacks++;
    return wait;
  }

  private enter(phase: FollowPhase): void {
    this.current = phase;
    this.changes.emit('phase');
  }
}
