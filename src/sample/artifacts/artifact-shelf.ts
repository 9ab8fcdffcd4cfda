import type { ArtifactKind } from '../../core/feed/artifact.ts';
import { minuteAt } from '../../core/feed/slot.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { FEED_LIFETIME_MS } from '../../core/feed/window.ts';
import { recordCount } from '../batches/record-count.ts';
import type { SampleWorld } from '../batches/record-count.ts';
import { behaviourIdentity } from '../behaviours/behaviour-identity.ts';
import { fileContent, fileHashes } from '../files/file-content.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { objectOf } from '../storage/stored-object.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import { eventLog } from './event-log.ts';
import { htmlReport } from './html-report.ts';
import { memoryDump } from './memory-dump.ts';
import { networkCapture } from './network-capture.ts';
import { readToken } from './token.ts';

/** The artifacts, found by the token of a record's link and made when they are asked for. */
export class ArtifactShelf {
  constructor(
    private readonly world: SampleWorld,
    private readonly now: () => number,
    /** What the hostile bits of a report try to reach. */
    private readonly storageOrigin: string,
  ) {}

  /** Whether the token is genuine and still good, and its record has such an artifact. */
  has(kind: ArtifactKind, token: string): boolean {
    return this.place(kind, token) !== undefined;
  }

  find(kind: ArtifactKind, token: string): StoredObject | undefined {
    const place = this.place(kind, token);
    return place === undefined ? undefined : this.make(kind, place);
  }

  /** A token holds only an id and a second: the second gives the minute, and the minute's records are few. */
  private place(kind: ArtifactKind, token: string): RecordPlace | undefined {
    const facts = readToken(this.world.seed, token);
    if (facts === undefined || facts.seconds * 1000 + FEED_LIFETIME_MS <= this.now()) return undefined;
    const feed: Feed = kind === 'sample' ? 'files' : 'file_behaviours';
    const minute = minuteAt(facts.seconds * 1000);
    const places = Array.from({ length: recordCount(this.world, feed, minute) }, (_, index) => ({
      seed: this.world.seed,
      feed,
      minute,
      index,
    }));
    return places.find((place) => this.holds(place, kind, facts.id));
  }

  private holds(place: RecordPlace, kind: ArtifactKind, id: string): boolean {
    if (kind === 'sample') return fileHashes(place.seed, place.minute, place.index).sha256 === id;
    const behaviour = behaviourIdentity(this.world, place);
    return behaviour.id === id && behaviour.artifacts.includes(kind);
  }

  private make(kind: ArtifactKind, place: RecordPlace): StoredObject {
    switch (kind) {
      case 'sample':
        return objectOf(fileContent(place.seed, place.minute, place.index), 'application/octet-stream');
      case 'pcap':
        return objectOf(networkCapture(place), 'application/vnd.tcpdump.pcap');
      case 'html':
        return objectOf(
          Buffer.from(htmlReport(behaviourIdentity(this.world, place), this.storageOrigin)),
          'text/html; charset=utf-8',
        );
      case 'evtx':
        return objectOf(eventLog(place), 'application/octet-stream');
      case 'memdump':
        return memoryDump(place);
    }
  }
}
