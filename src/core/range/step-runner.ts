import { toVtFeedsError } from '../common/errors.ts';
import type { VtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import type { Minute } from '../feed/slot.ts';
import type { StoredBatch } from '../store/stored.ts';
import type { Step } from './plan.ts';
import type { RangePorts } from './range-ports.ts';

/** Who has the steps run, and learns what becomes of them. */
export interface StepListener {
  /** Asked before each start; after a no it is left to the listener to go on or not. */
  mayStart(step: Step, minutesUnderWay: number): boolean;
  onBytes(bytes: number): void;
  /** A minute is in the store, while its package goes on. */
  onMinute(batch: StoredBatch): void;
  onDone(step: Step): void;
  onError(step: Step, error: VtFeedsError): void;
  /** No step is left, and none under way. */
  onIdle(): void;
}

/** Runs the steps of a range in their order, a few at a time. */
export class StepRunner {
  private readonly underWay = new Map<Step, AbortController>();
  private waiting: Step[] = [];
  private isOpen = false;

  constructor(
    private readonly feed: Feed,
    private readonly ports: Pick<RangePorts, 'fetch' | 'concurrency'>,
    private readonly listener: StepListener,
  ) {}

  /** The minutes of the steps that are under way. */
  get minutes(): ReadonlySet<Minute> {
    return new Set([...this.underWay.keys()].flatMap(({ minutes }) => minutes));
  }

  /** Runs these steps in the place of those that wait. */
  run(steps: readonly Step[]): void {
    this.waiting = [...steps];
    this.isOpen = true;
    this.pump();
  }

  /** Puts steps before those that wait. */
  addFirst(steps: readonly Step[]): void {
    this.waiting.unshift(...steps);
  }

  /** Starts no other. What is under way comes to its end, or is ended, and then nobody hears of it. */
  stop(underWay: 'finish' | 'abort'): void {
    this.isOpen = false;
    this.waiting = [];
    if (underWay === 'finish') return;
    for (const controller of this.underWay.values()) controller.abort();
    this.underWay.clear();
  }

  private pump(): void {
    while (this.isOpen && this.underWay.size < this.ports.concurrency()) {
      const [step] = this.waiting;
      if (step === undefined || !this.listener.mayStart(step, this.minutes.size)) break;
      this.waiting.shift();
      void this.take(step);
    }
    if (this.isOpen && this.waiting.length === 0 && this.underWay.size === 0) this.listener.onIdle();
  }

  private async take(step: Step): Promise<void> {
    const controller = new AbortController();
    this.underWay.set(step, controller);
    const { signal } = controller;
    let received = 0;
    const outcome = await this.ports
      .fetch(
        { feed: this.feed, slot: step.slot },
        {
          signal,
          onEvent: (event) => {
            if (signal.aborted) return;
            if (event.event === 'stored') this.listener.onMinute(event.batch);
            if (event.event !== 'bytes') return;
            const before = received;
            ({ received } = event.progress);
            // A download that began anew counts from 0.
            this.listener.onBytes(received < before ? received : received - before);
          },
        },
      )
      .then(() => undefined, toVtFeedsError);
    if (signal.aborted) return;
    this.underWay.delete(step);
    if (outcome === undefined) this.listener.onDone(step);
    else this.listener.onError(step, outcome);
    this.pump();
  }
}
