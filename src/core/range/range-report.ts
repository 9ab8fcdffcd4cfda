import { Ledger } from './ledger.ts';
import type { RangeRecord } from './range-record.ts';

/** What became of a range: minutes, and how long it took, pauses left out. */
export interface RangeReport {
  readonly downloaded: number;
  readonly alreadyStored: number;
  readonly missing: number;
  readonly failed: number;
  /** Not taken, because it ended before. */
  readonly left: number;
  readonly milliseconds: number;
}

export function reportOf({ request, ledger: written, milliseconds }: RangeRecord): RangeReport {
  const ledger = Ledger.parse(request, written) ?? Ledger.blank(request);
  return {
    downloaded: ledger.count('downloaded'),
    alreadyStored: ledger.count('stored'),
    missing: ledger.count('missing', 'acceptedMissing', 'knownMissing'),
    failed: ledger.count('failed'),
    left: ledger.count('pending'),
    milliseconds: Math.round(milliseconds),
  };
}
