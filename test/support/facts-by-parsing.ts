import type { Feed } from '../../src/core/feed/feed.ts';
import { parseJson } from '../../src/core/feed/json.ts';
import { factsOfRecord } from '../../src/core/feed/record-facts.ts';
import type { RecordFacts } from '../../src/core/feed/record-facts.ts';

/** The reference for `factsOf`: the facts of the whole record as JSON.parse reads it. */
export function factsByParsing(feed: Feed, line: Buffer): RecordFacts {
  return factsOfRecord(feed, parseJson(line.toString('utf8')));
}
