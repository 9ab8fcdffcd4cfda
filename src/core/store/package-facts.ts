import type { Feed } from '../feed/feed.ts';
import { numberAt, textsAt } from '../feed/json.ts';
import type { Json } from '../feed/json.ts';
import { isMinute, parseSlot } from '../feed/slot.ts';
import type { Hour } from '../feed/slot.ts';
import type { StoredPackage } from './stored.ts';

/** Reads what was kept of an hour's package; undefined where that is damaged. */
export function packageOfFacts(feed: Feed, slot: Hour, facts: Json | undefined): StoredPackage | undefined {
  const records = numberAt(facts, 'records');
  const bytes = numberAt(facts, 'bytes');
  if (records === undefined || bytes === undefined) return undefined;
  const missing = textsAt(facts, 'missing').flatMap((text) => {
    const minute = parseSlot(text);
    return minute !== undefined && isMinute(minute) ? [minute] : [];
  });
  return { feed, slot, records, bytes, missing };
}
