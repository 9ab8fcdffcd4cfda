import { sizeText } from '../catalog/size-text.ts';
import { minutesText } from './report-text.ts';

/** Why a range does not fit into the store as it is. Sizes in bytes. */
export interface Squeeze {
  readonly kind: 'displacesOthers' | 'doesNotFit';
  readonly needed: number;
  readonly limit: number;
}

/**
 * Bytes on disk that a minute is taken for where nothing of its feed is stored: a quarter of the 20 MB of JSON that
 * a minute of the largest feed known has.
 */
export const USUAL_BYTES_PER_MINUTE = 5_000_000;

/** Whether `needed` more bytes go beside the `stored` ones within `limit`; undefined when they do. */
export function squeezeOf(needed: number, stored: number, limit: number): Squeeze | undefined {
  if (stored + needed <= limit) return undefined;
  return { kind: needed > limit ? 'doesNotFit' : 'displacesOthers', needed, limit };
}

/** The question before a start. */
export function squeezeSentence({ kind, needed, limit }: Squeeze, minutes: number): string {
  const what = `${minutesText(minutes)} will take about ${sizeText(needed)}, and the store may hold ${sizeText(limit)}.`;
  return kind === 'displacesOthers'
    ? `${what} The batches used longest ago will be deleted to make room.`
    : `${what} All other batches will be deleted, and it stops when the store is full. Raise vtFeeds.maxStoreSizeMB to have it all.`;
}
