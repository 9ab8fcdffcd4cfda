import { readFile } from 'node:fs/promises';
import { DAY_MINUTES } from '../feed/day-minutes.ts';
import { listAt, parseJson, textAt } from '../feed/json.ts';
import type { Json } from '../feed/json.ts';
import { isMinute, parseSlot } from '../feed/slot.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { listingPath } from './layout.ts';
import { packageOfFacts } from './package-facts.ts';
import { NONE_GENERATED } from './stored-day.ts';
import type { DayId, StoredDay } from './stored-day.ts';

/** What a day held when its folder had this stamp; undefined where that was not kept. */
export async function loadDayListing(
  root: string,
  { feed, day }: DayId,
  stamp: string,
): Promise<StoredDay | undefined> {
  const listing = parseJson(await readFile(listingPath(root, feed, day), 'utf8').catch(() => ''));
  const records = numbersAt(listing, 'records', NONE_GENERATED);
  const bytes = numbersAt(listing, 'bytes', 0);
  if (textAt(listing, 'stamp') !== stamp || records === undefined || bytes === undefined) return undefined;
  const packages = listAt(listing, 'packages').flatMap((facts) => {
    const slot = parseSlot(textAt(facts, 'slot') ?? '');
    return slot === undefined || isMinute(slot) ? [] : (packageOfFacts(feed, slot, facts) ?? []);
  });
  return { feed, day, stamp, records: Int32Array.from(records), bytes: Float64Array.from(bytes), packages };
}

/** A listing that cannot be written costs the next window some reading, and nothing else. */
export async function saveDayListing(root: string, day: StoredDay): Promise<void> {
  const { stamp, records, bytes, packages } = day;
  const listing = { stamp, records: [...records], bytes: [...bytes], packages };
  await writeFileAtomically(listingPath(root, day.feed, day.day), JSON.stringify(listing)).catch(
    () => undefined,
  );
}

/** One whole number, `least` or more, for each minute of a day; undefined for anything else. */
function numbersAt(listing: Json | undefined, key: string, least: number): readonly number[] | undefined {
  const list = listAt(listing, key).filter((item) => Number.isSafeInteger(item) && (item as number) >= least);
  return list.length === DAY_MINUTES ? (list as readonly number[]) : undefined;
}
