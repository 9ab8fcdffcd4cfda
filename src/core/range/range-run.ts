import { Emitter } from '../common/emitter.ts';
import { toVtFeedsError } from '../common/errors.ts';
import { planSteps } from './plan.ts';
import { problemOf, storeFull } from './problem.ts';
import type { Problem } from './problem.ts';
import { isUnderWay, problemIn } from './range-phase.ts';
import type { RangePhase } from './range-phase.ts';
import type { RangePorts } from './range-ports.ts';
import type { RangeProgress } from './range-progress.ts';
import type { RangeRecord } from './range-record.ts';
import type { RangeRequest } from './range-request.ts';
import { Speed } from './speed.ts';
import { StepJudge } from './step-judge.ts';
import type { Verdict } from './step-judge.ts';
import { StepRunner } from './step-runner.ts';
import { Stopwatch } from './stopwatch.ts';
import { Tally } from './tally.ts';
import type { TaskChange } from './task-change.ts';

/**
 * A range on its way. It goes by what the store has, a few downloads at a time, and stands still with a problem where
 * a person has to decide; then nothing but {@link resume} makes it go on.
 */
export class RangeRun {
  readonly kind = 'range';
  private readonly tally: Tally;
  private readonly judge: StepJudge;
  private readonly steps: StepRunner;
  private readonly watch: Stopwatch;
  private readonly speed = new Speed();
  private readonly changes = new Emitter<TaskChange>();
  /** Another one with each start and stop: what began before does not act after. */
  private round = 0;
  private current: RangePhase;
  /** What was too early, and when to come back for it. */
  private early: Extract<Verdict, { readonly verdict: 'comeBack' }> | undefined;
  private stopWaiting: (() => void) | undefined;

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly begun: RangeRecord,
    private readonly ports: RangePorts,
  ) {
    const { feed } = begun.request;
    const { clock, store, tolerance } = ports;
    this.current = begun.phase;
    this.tally = new Tally(begun);
    this.watch = new Stopwatch(begun.milliseconds);
    this.judge = new StepJudge(feed, this.tally, store, tolerance);
    this.steps = new StepRunner(feed, ports, {
      mayStart: (step, underWay) => this.hasRoomFor(step.minutes.length + underWay),
      onBytes: (bytes) => {
        this.speed.came(bytes, clock.now());
        this.changes.emit('progress');
      },
      onMinute: ({ slot, ...size }) => {
        this.counting(() => {
          this.tally.add(slot, size);
        });
      },
      onDone: (step) => {
        this.obey(this.counting(() => this.judge.done(step)));
      },
      onError: (step, error) => {
        this.obey(this.counting(() => this.judge.failed(step, error, clock.now())));
      },
      onIdle: () => {
        this.comeToTheEnd();
      },
    });
  }

  get id(): string {
    return this.begun.id;
  }

  get request(): RangeRequest {
    return this.begun.request;
  }

  get phase(): RangePhase {
    return this.current;
  }

  /** Why it stands still or waits, where there is a reason to tell. */
  get problem(): Problem | undefined {
    return problemIn(this.current);
  }

  /** Whether it goes on by itself, here or in the next window. */
  get isUnderWay(): boolean {
    return isUnderWay(this.current);
  }

  /** What there is to write down of it. */
  get record(): RangeRecord {
    const milliseconds = this.watch.total(this.ports.clock.now());
    return { ...this.begun, ...this.tally.written(), phase: this.current, milliseconds };
  }

  get progress(): RangeProgress {
    const now = this.ports.clock.now();
    const left = this.tally.count('pending');
    const isRunning = this.current.phase === 'running';
    return {
      done: this.tally.size - left,
      total: this.tally.size,
      bytesPerSecond: isRunning ? this.speed.bytesPerSecond(now) : undefined,
      millisecondsLeft: isRunning ? this.speed.millisecondsFor(left, now) : undefined,
    };
  }

  /** Whether some of its minutes failed, or are left. */
  get isIncomplete(): boolean {
    return this.tally.count('failed', 'pending') > 0;
  }

  /** Bytes of its minutes on disk. */
  get bytes(): number {
    return this.tally.bytes;
  }

  /** Goes on as its record says: runs what was running, waits where it waited, leaves alone what stood still. */
  start(): void {
    if (this.current.phase === 'running') void this.begin();
    else if (this.current.phase === 'waiting') this.wait(this.current.until, this.current.problem);
  }

  /** Goes on after a pause, past a problem (missing minutes are what they are), or with what failed or was left. */
  resume(): void {
    if (this.current.phase === 'running') return;
    this.tally.acceptGaps(this.ports.tolerance());
    this.tally.forgive();
    void this.begin();
  }

  /** Stops at once; what has not come whole is taken again later. */
  pause(): void {
    if (this.isUnderWay) this.stop({ phase: 'paused' }, 'abort');
  }

  /** Ends before its end: what has not come is left. */
  finish(problem?: Problem): void {
    if (this.current.phase !== 'finished') this.stop({ phase: 'finished', ...because(problem) }, 'abort');
  }

  /** Does nothing more, and stays what it was: another window, or a later start, goes on with it. */
  halt(): void {
    this.round++;
    this.stopWaiting?.();
    this.steps.stop('abort');
    this.watch.set(false, this.ports.clock.now());
  }

  private async begin(): Promise<void> {
    this.stopWaiting?.();
    this.early = undefined;
    const round = ++this.round;
    this.enter({ phase: 'running' });
    try {
      await this.ports.store.ready();
      if (round !== this.round) return;
    } catch (error) {
      if (round === this.round)
        this.stop({ phase: 'paused', problem: problemOf(toVtFeedsError(error)) }, 'abort');
      return;
    }
    this.tally.reconcile(this.ports.store);
    const now = this.ports.clock.now();
    const underWay = this.steps.minutes;
    const minutes = this.tally.pending().filter((minute) => !underWay.has(minute));
    this.speed.start(now);
    this.changes.emit('progress');
    this.steps.run(planSteps(minutes, this.request, this.judge.withoutPackage, now));
  }

  /** Does `work`, and counts the minutes it dealt with for the speed. */
  private counting<T>(work: () => T): T {
    const before = this.tally.count('pending');
    const result = work();
    this.speed.done(before - this.tally.count('pending'), this.ports.clock.now());
    this.changes.emit('progress');
    return result;
  }

  /** What comes to its end after a stop is counted, and changes nothing else. */
  private obey(verdict: Verdict): void {
    if (!this.isUnderWay) return;
    switch (verdict.verdict) {
      case 'goOn':
        break;
      case 'insert':
        this.steps.addFirst(verdict.steps);
        break;
      case 'comeBack':
        this.early = verdict;
        break;
      case 'wait':
        this.wait(verdict.until, verdict.problem);
        break;
      case 'pause':
        this.stop({ phase: 'paused', ...because(verdict.problem) }, 'finish');
        break;
      case 'end':
        this.stop({ phase: 'finished', problem: verdict.problem }, 'abort');
        break;
    }
  }

  private comeToTheEnd(): void {
    if (this.tally.count('pending') === 0 || this.early === undefined)
      this.stop({ phase: 'finished' }, 'abort');
    else this.wait(this.early.at, this.early.problem);
  }

  private wait(until: number, problem: Problem): void {
    this.round++;
    this.steps.stop('finish');
    this.stopWaiting?.();
    const { clock } = this.ports;
    this.stopWaiting = clock.after(until - clock.now(), () => void this.begin());
    this.enter({ phase: 'waiting', until, problem });
  }

  private stop(phase: RangePhase, underWay: 'finish' | 'abort'): void {
    this.round++;
    this.stopWaiting?.();
    this.steps.stop(underWay);
    this.enter(phase);
  }

  private enter(phase: RangePhase): void {
    this.current = phase;
    this.watch.set(this.isUnderWay, this.ports.clock.now());
    this.changes.emit('phase');
  }

  /** A range that fills the store alone would drive out its own minutes: it stands still before that. */
  private hasRoomFor(minutes: number): boolean {
    const needed = minutes * this.tally.bytesPerMinute;
    if (needed <= this.ports.room()) return true;
    this.stop({ phase: 'paused', problem: storeFull(this.progress) }, 'finish');
    return false;
  }
}

function because(problem: Problem | undefined): { readonly problem?: Problem } {
  return problem === undefined ? {} : { problem };
}
