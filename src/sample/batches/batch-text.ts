import type { Feed } from '../../core/feed/feed.ts';
import type { Minute } from '../../core/feed/slot.ts';
import { behaviourRecord } from '../behaviours/behaviour-record.ts';
import { fileRecord } from '../files/file-record.ts';
import { domainRecord } from '../records/domain-record.ts';
import { ipAddressRecord } from '../records/ip-address-record.ts';
import type { FeedRecord } from '../records/json.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { urlRecord } from '../records/url-record.ts';
import { recordCount } from './record-count.ts';
import type { SampleWorld } from './record-count.ts';

/** The plain text of one minute: JSON lines, UTF-8, each ended by a line feed. */
export function batchText(world: SampleWorld, feed: Feed, minute: Minute): Buffer {
  const lines = Array.from({ length: recordCount(world, feed, minute) }, (_, index) =>
    JSON.stringify(record(world, { seed: world.seed, feed, minute, index })),
  );
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

function record(world: SampleWorld, place: RecordPlace): FeedRecord {
  switch (place.feed) {
    case 'files':
      return fileRecord(place);
    case 'urls':
      return urlRecord(place);
    case 'domains':
      return domainRecord(place);
    case 'ip_addresses':
      return ipAddressRecord(place);
    case 'file_behaviours':
      return behaviourRecord(world, place);
  }
}
