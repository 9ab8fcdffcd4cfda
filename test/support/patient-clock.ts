import type { Clock } from '../../src/core/api/clock.ts';

/** A clock that goes on only when somebody waits, or when it is told to; waiting takes no time. */
export class PatientClock implements Clock {
  /** How long each wait was, milliseconds. */
  readonly waits: number[] = [];
  /** What chance gives. */
  chance = 0.5;
  private passed = 0;

  /** `start` in Unix milliseconds. */
  constructor(private start: number) {}

  now(): number {
    return this.start + this.passed;
  }

  elapsed(): number {
    return this.passed;
  }

  random(): number {
    return this.chance;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    this.waits.push(ms);
    this.passed += ms;
    return Promise.resolve();
  }

  advance(ms: number): void {
    this.passed += ms;
  }

  /** The machine sleeps: its date goes on, its timers do not. */
  sleep(ms: number): void {
    this.start += ms;
  }
}
