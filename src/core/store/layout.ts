import { join } from 'node:path';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';
import { dayOf, hourOf } from '../feed/slot.ts';
import type { Day, Hour, Minute } from '../feed/slot.ts';
import type { FrameCodec } from './frame-codec.ts';

/** Endings of what lies beside a batch file. Outsiders may rely on the batch file alone. */
export const INDEX_EXTENSION = '.index';
export const MISSING_EXTENSION = '.missing';
export const PACKAGE_EXTENSION = '.package.json';
/** Another form of it gets another ending. */
const LISTING_EXTENSION = '.listing-1.json';

/** `<root>/<feed>/<YYYYMMDD>`, where the batches of a day lie. */
export function dayFolder(root: string, feed: Feed, day: Day): string {
  return join(root, feed, day);
}

/** Path of a minute's file without its ending: `<root>/<feed>/<YYYYMMDD>/<hhmm>`. */
export function minuteStem(root: string, { feed, slot }: BatchId<Minute>): string {
  return join(dayFolder(root, feed, dayOf(slot)), slot.slice(8));
}

export function batchPath(root: string, id: BatchId<Minute>, codec: FrameCodec): string {
  return minuteStem(root, id) + codec.extension;
}

export function indexPath(root: string, id: BatchId<Minute>): string {
  return minuteStem(root, id) + INDEX_EXTENSION;
}

export function missingPath(root: string, id: BatchId<Minute>): string {
  return minuteStem(root, id) + MISSING_EXTENSION;
}

/** Says that an hour's package was taken in: `<root>/<feed>/<YYYYMMDD>/<hh>.package.json`. */
export function packagePath(root: string, feed: Feed, hour: Hour): string {
  return join(dayFolder(root, feed, dayOf(hour)), hourOf(hour).slice(8)) + PACKAGE_EXTENSION;
}

/** What a day's folder held when it was last looked at. It lies beside the folder, so that writing it does not change that. */
export function listingPath(root: string, feed: Feed, day: Day): string {
  return dayFolder(root, feed, day) + LISTING_EXTENSION;
}
