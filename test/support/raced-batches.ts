import type { BatchId } from '../../src/core/feed/batch-id.ts';
import type { Minute } from '../../src/core/feed/slot.ts';
import { minute } from './records.ts';

export type RacedId = BatchId<Minute>;

/** Batches that several windows work on at once. */
export const RACED: readonly RacedId[] = ['202611221000', '202611221001', '202611221002', '202611221003'].map(
  (slot) => ({ feed: 'files', slot: minute(slot) }),
);

/** Those of them that nobody deletes. */
export const KEPT: readonly RacedId[] = RACED.slice(0, 2);

/** What a batch always holds, whoever downloads it: several frames. */
export function linesOf({ slot }: RacedId): string[] {
  return Array.from({ length: 40 }, (_, at) =>
    JSON.stringify({ id: `${slot} ${String(at)}`, filler: `${String(at * 7919)}-`.repeat(1500) }),
  );
}
