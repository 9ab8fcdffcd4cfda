import { isArtifactKind } from '../feed/artifact.ts';
import { parseJson } from '../feed/json.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { CodecName } from './frame-codec.ts';

/** Where a frame lies: in the file, and in the plain text. Bytes. */
export interface FrameSpan {
  readonly at: number;
  readonly size: number;
  readonly plainAt: number;
  readonly plainSize: number;
}

/** A record: where its line lies in the plain text (bytes, without the newline), and what it is. */
export interface IndexedRecord {
  readonly at: number;
  readonly size: number;
  readonly facts: RecordFacts;
}

/** What lies beside a batch file. Always to be had again from the batch file itself. */
export interface BatchIndex {
  readonly version: typeof INDEX_VERSION;
  /** How many records; stands near the start, so that a listing need not read the whole. */
  readonly count: number;
  readonly codec: CodecName;
  /** Bytes of the batch file this index was made for; another size means it is not of this file. */
  readonly fileSize: number;
  readonly plainSize: number;
  readonly frames: readonly FrameSpan[];
  readonly records: readonly IndexedRecord[];
}

export const INDEX_VERSION = 1;

/** Bytes at an index's start that {@link parseIndexHead} needs. */
export const INDEX_HEAD_BYTES = 64;

/** How many records an index of this version is for, from its first bytes; undefined when they do not tell. */
export function parseIndexHead(head: string): number | undefined {
  const [, version, count] = /^\{"version":(\d+),"count":(\d+),/u.exec(head) ?? [];
  return Number(version) === INDEX_VERSION ? Number(count) : undefined;
}

export function serializeIndex(index: BatchIndex): string {
  return JSON.stringify(index);
}

/** Reads an index; undefined when it is damaged, of another version, or not of a file of `fileSize` bytes. */
export function parseIndex(text: string, fileSize: number): BatchIndex | undefined {
  const index = parseJson(text) as Partial<BatchIndex> | null | undefined;
  if (index?.version !== INDEX_VERSION || index.fileSize !== fileSize) return undefined;
  const { frames, records } = index;
  if (!Array.isArray(frames) || !Array.isArray(records) || !frames.every(isFrameSpan)) return undefined;
  return records.every(isIndexedRecord) ? (index as BatchIndex) : undefined;
}

function isFrameSpan(span: Partial<FrameSpan> | null): boolean {
  return [span?.at, span?.size, span?.plainAt, span?.plainSize].every(isCount);
}

function isIndexedRecord(record: Partial<IndexedRecord> | null): boolean {
  const facts: Partial<RecordFacts> | undefined = record?.facts;
  return (
    isCount(record?.at) &&
    isCount(record?.size) &&
    typeof facts?.id === 'string' &&
    typeof facts.summary === 'object' &&
    (facts.summary as unknown) !== null &&
    Array.isArray(facts.artifacts) &&
    facts.artifacts.every(isArtifactKind)
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
