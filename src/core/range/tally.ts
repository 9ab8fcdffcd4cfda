import { shiftSlot } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { Failures } from './failures.ts';
import type { FailureGroup } from './failures.ts';
import { gapProblem, openGaps } from './gaps.ts';
import { Ledger } from './ledger.ts';
import type { Fate } from './ledger.ts';
import type { Problem } from './problem.ts';
import type { RangeRecord } from './range-record.ts';
import type { RangeRequest } from './range-request.ts';
import type { StoreView } from './store-view.ts';

/** Keeps count of a range: what became of its minutes, and what the store holds of it. */
export class Tally {
  private readonly request: RangeRequest;
  private readonly ledger: Ledger;
  private readonly reasons: Failures;
  private isBegun: boolean;
  private stored: { readonly records: number; readonly bytes: number };

  constructor({ request, isBegun, ledger, failures, records, bytes }: RangeRecord) {
    this.request = request;
    this.isBegun = isBegun;
    this.ledger = Ledger.parse(request, ledger) ?? Ledger.blank(request);
    this.reasons = new Failures(failures);
    this.stored = { records, bytes };
  }

  count(...fates: readonly Fate[]): number {
    return this.ledger.count(...fates);
  }

  fateOf(minute: Minute): Fate | undefined {
    return this.ledger.fateOf(minute);
  }

  pending(): Minute[] {
    return this.ledger.minutes('pending');
  }

  failures(): readonly FailureGroup[] {
    return this.reasons.groups();
  }

  /** Everything of it that {@link RangeRecord} keeps. */
  written(): Pick<RangeRecord, 'isBegun' | 'ledger' | 'failures' | 'records' | 'bytes'> {
    const { isBegun, stored } = this;
    return { isBegun, ledger: this.ledger.toString(), failures: this.failures(), ...stored };
  }

  /** Minutes in all. */
  get size(): number {
    return this.ledger.size;
  }

  /** Size of a minute of this range on disk, as far as it is known; else 0. */
  get bytesPerMinute(): number {
    const count = this.count('downloaded', 'stored');
    return count === 0 ? 0 : this.stored.bytes / count;
  }

  get bytes(): number {
    return this.stored.bytes;
  }

  /**
   * Looks into the store, which is the truth: what came meanwhile need not be taken, what was deleted has to be taken
   * again.
   */
  reconcile(store: StoreView): void {
    const came: Fate = this.isBegun ? 'downloaded' : 'stored';
    this.isBegun = true;
    const { feed } = this.request;
    let [records, bytes] = [0, 0];
    for (const { minute: slot, fate } of this.ledger.entries) {
      if (fate !== 'pending' && fate !== 'downloaded' && fate !== 'stored') continue;
      const found = store.find({ feed, slot });
      records += found?.records ?? 0;
      bytes += found?.bytes ?? 0;
      if (found === undefined)
        this.ledger.set(slot, store.isMissing({ feed, slot }) ? 'knownMissing' : 'pending');
      else if (fate === 'pending') this.ledger.set(slot, came);
    }
    this.stored = { records, bytes };
  }

  /** A minute came into the store; told twice it counts once. */
  add(minute: Minute, size = { records: 0, bytes: 0 }): void {
    const fate = this.fateOf(minute);
    if (fate === undefined || fate === 'downloaded' || fate === 'stored') return;
    this.ledger.set(minute, 'downloaded');
    this.reasons.delete(minute);
    this.stored = { records: this.stored.records + size.records, bytes: this.stored.bytes + size.bytes };
  }

  miss(minute: Minute): void {
    this.ledger.set(minute, 'missing');
  }

  fail(minute: Minute, sentence: string): void {
    this.ledger.set(minute, 'failed');
    this.reasons.add(minute, sentence);
  }

  /** What failed is to be taken again. */
  forgive(): void {
    for (const minute of this.ledger.minutes('failed')) this.ledger.set(minute, 'pending');
    this.reasons.clear();
  }

  /** What to ask a person when more minutes in a row are missing than is normal. */
  gap(tolerance: number): Problem | undefined {
    const gaps = openGaps(this.ledger, tolerance);
    return gaps.length === 0 ? undefined : gapProblem(this.request, gaps);
  }

  /** A person has seen these gaps and says to go on past them: one that grows is no other gap. */
  acceptGaps(tolerance: number): void {
    for (const { from, to } of openGaps(this.ledger, tolerance)) {
      for (let minute = from; minute <= to; minute = shiftSlot(minute, 1))
        if (this.fateOf(minute) === 'missing') this.ledger.set(minute, 'acceptedMissing');
    }
  }
}
