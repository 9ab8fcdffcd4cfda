import { NONE_GENERATED, NO_BATCH } from '../store/stored-day.ts';
import type { StoredDay } from '../store/stored-day.ts';
import type { StoredPackage } from '../store/stored.ts';
import { NOTHING, addToSum } from './stored-sum.ts';
import type { StoredSum } from './stored-sum.ts';

/** A minute's batch without its name. */
interface BatchSize {
  readonly records: number;
  /** On disk. */
  readonly bytes: number;
}

/** A feed's day as the catalog knows it: what was read of it, what was stored since, and its sums, kept true. */
export class CatalogDay {
  private readonly hours: StoredSum[] = Array.from({ length: 24 }, () => NOTHING);
  private readonly knownMissing = new Uint8Array(24);
  private sum = NOTHING;

  /** The catalog's revision at the last change that no reading has shown; 0 before the first. */
  changedAt = 0;

  /** Takes `day` over: its numbers are changed here from then on. */
  constructor(readonly day: StoredDay) {
    for (const [minute, records] of day.records.entries()) this.count(minute, records, 1);
  }

  /** Of the whole day, or of one of its hours from 0. */
  sumOf(hour?: number): StoredSum {
    return hour === undefined ? this.sum : (this.hours[hour] ?? NOTHING);
  }

  batchAt(minute: number): BatchSize | undefined {
    const records = this.day.records[minute] ?? NO_BATCH;
    return records < 0 ? undefined : { records, bytes: this.day.bytes[minute] ?? 0 };
  }

  isMissing(minute: number): boolean {
    return this.day.records[minute] === NONE_GENERATED;
  }

  /** Whether each minute of an hour is stored or known to have no batch. */
  isWhole(hour: number): boolean {
    return this.sumOf(hour).count + (this.knownMissing[hour] ?? 0) === 60;
  }

  packageOf(slot: StoredPackage['slot']): StoredPackage | undefined {
    return this.day.packages.find((taken) => taken.slot === slot);
  }

  setBatch(minute: number, { records, bytes }: BatchSize): void {
    this.replace(minute, records, bytes);
  }

  /** A batch that is stored stays, whatever the service says now. */
  setMissing(minute: number): void {
    if (this.batchAt(minute) === undefined) this.replace(minute, NONE_GENERATED, 0);
  }

  private replace(minute: number, records: number, bytes: number): void {
    this.count(minute, this.day.records[minute] ?? NO_BATCH, -1);
    this.day.records[minute] = records;
    this.day.bytes[minute] = bytes;
    this.count(minute, records, 1);
  }

  private count(minute: number, records: number, sign: 1 | -1): void {
    const hour = Math.floor(minute / 60);
    if (records === NONE_GENERATED) this.knownMissing[hour] = (this.knownMissing[hour] ?? 0) + sign;
    if (records < 0) return;
    const batch = { count: 1, records, bytes: this.day.bytes[minute] ?? 0 };
    this.sum = addToSum(this.sum, batch, sign);
    this.hours[hour] = addToSum(this.sumOf(hour), batch, sign);
  }
}
