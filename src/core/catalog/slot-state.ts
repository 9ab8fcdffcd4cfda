import type { VtFeedsError } from '../common/errors.ts';

/** What is true of a slot right now. Times in Unix milliseconds, sizes in bytes. */
export type SlotState =
  | { readonly state: 'notYet'; readonly availableAt: number }
  | { readonly state: 'available' }
  | { readonly state: 'tooOld' }
  | { readonly state: 'queued' }
  | { readonly state: 'downloading'; readonly received: number; readonly total: number | undefined }
  | {
      readonly state: 'stored';
      readonly records: number;
      readonly bytes: number;
      readonly linksExpired: boolean;
    }
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly error: VtFeedsError };

/** How much of a download has come, 0 to 100; undefined where its length is not known. */
export function percentOf({
  received,
  total,
}: {
  received: number;
  total: number | undefined;
}): number | undefined {
  return total === undefined || total === 0 ? undefined : Math.min(100, Math.floor((received / total) * 100));
}
