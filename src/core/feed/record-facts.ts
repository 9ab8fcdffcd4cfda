import { ARTIFACT_KINDS, artifactInfo, artifactKindsOf } from './artifact.ts';
import type { ArtifactKind } from './artifact.ts';
import { parseArtifactLink } from './artifact-link.ts';
import type { Feed } from './feed.ts';
import { jsonAt, textAt } from './json.ts';
import type { Json } from './json.ts';
import { liftJson } from './lift-json.ts';
import { summaryOf } from './record-summary.ts';
import type { Summary } from './record-summary.ts';
import { WANTED_PARTS } from './wanted-parts.ts';

/** What the index keeps of a record: enough to list it without reading it. */
export interface RecordFacts {
  /** The record's own id; empty when it has none. */
  readonly id: string;
  /** The telling fields, in the order in which they are shown; long ones cut, indicators defanged. */
  readonly summary: Summary;
  readonly artifacts: readonly ArtifactKind[];
  /** When the artifact links end, Unix milliseconds. */
  readonly linksExpireAt?: number;
}

/**
 * Lifts the facts out of a record's line, UTF-8 without its newline, as long as a text may be (512 MB). A line that
 * is no record gets facts that say so: nothing is dropped.
 */
export function factsOf(feed: Feed, line: Buffer): RecordFacts {
  return factsOfRecord(feed, liftJson(line, WANTED_PARTS[feed]));
}

/** The facts of a record; undefined stands for a line that is not JSON. */
export function factsOfRecord(feed: Feed, record: Json | undefined): RecordFacts {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return { id: '', summary: { problem: 'this line is not a JSON object' }, artifacts: [] };
  }
  const links = artifactKindsOf(feed).flatMap((kind) => artifactLinkOf(record, kind) ?? []);
  const expiries = links.flatMap(({ expiresAt }) => expiresAt ?? []);
  return {
    id: textAt(record, 'id') ?? '',
    summary: summaryOf(feed, record),
    artifacts: ARTIFACT_KINDS.filter((kind) => links.some((link) => link.kind === kind)),
    ...(expiries.length > 0 ? { linksExpireAt: Math.min(...expiries) } : {}),
  };
}

/** False for the facts of a line that was kept although it is no record. */
export function isRecord({ summary }: RecordFacts): boolean {
  return summary.problem === undefined;
}

/** The link under which a record offers an artifact. */
export function artifactLinkOf(record: Json, kind: ArtifactKind): ReturnType<typeof parseArtifactLink> {
  const link = parseArtifactLink(jsonAt(record, 'context_attributes', artifactInfo(kind).linkKey));
  return link?.kind === kind ? link : undefined;
}
