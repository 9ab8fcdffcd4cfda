import type { Minute } from '../feed/slot.ts';

/** Minutes that failed for the same reason; the sentence is for a person. */
export interface FailureGroup {
  readonly sentence: string;
  readonly minutes: readonly Minute[];
}

/** Why minutes failed, told once for each reason. */
export class Failures {
  private readonly reasons = new Map<Minute, string>();

  constructor(groups: readonly FailureGroup[]) {
    for (const { sentence, minutes } of groups)
      for (const minute of minutes) this.reasons.set(minute, sentence);
  }

  add(minute: Minute, sentence: string): void {
    this.reasons.set(minute, sentence);
  }

  delete(minute: Minute): void {
    this.reasons.delete(minute);
  }

  clear(): void {
    this.reasons.clear();
  }

  /** The commonest reason first, its minutes in order of time. */
  groups(): FailureGroup[] {
    const bySentence = Map.groupBy(this.reasons.keys(), (minute) => this.reasons.get(minute) ?? '');
    return [...bySentence]
      .map(([sentence, minutes]) => ({ sentence, minutes: minutes.sort() }))
      .sort((one, other) => other.minutes.length - one.minutes.length);
  }
}
