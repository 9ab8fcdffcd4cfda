import { crc32 } from 'node:zlib';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { ByteSource } from './byte-source.ts';
import { FACT_SPAN_BYTES, FactsSection } from './facts-section.ts';
import type { FrameCodec } from './frame-codec.ts';
import { hashOfId, idTableSize, recordsWithHash } from './id-table.ts';
import { INDEX_HEADER_BYTES, decodeHeader } from './index-header.ts';
import type { IndexHeader } from './index-header.ts';

const WORD = 4;
/** Header and tables of most batches. */
const FIRST_READ_BYTES = 64 * 1024;

/**
 * What lies beside a batch file; for its form see `IndexBuilder`. Opening it reads the tables, 12 bytes a record; the
 * facts are read when they are asked for. Always to be had again from the batch file itself.
 */
export class BatchIndex {
  /** Records of the batch. */
  readonly count: number;
  private readonly firstRecords: Buffer;
  private readonly lineSizes: Buffer;
  private readonly ids: Buffer;
  private readonly facts: FactsSection;

  private constructor(header: IndexHeader, tables: Buffer, source: ByteSource, codec: FrameCodec) {
    const { count, frames, factFrames, factsSize, factsCrc } = header;
    const cut = cutter(tables);
    this.count = count;
    this.firstRecords = cut(frames * WORD);
    this.lineSizes = cut(count * WORD);
    const spans = cut(factFrames * FACT_SPAN_BYTES);
    this.ids = cut(idTableSize(count));
    const load = (): Promise<Buffer> => source.read(INDEX_HEADER_BYTES + tables.length, factsSize);
    this.facts = new FactsSection({ count, spans, crc: factsCrc, load, codec });
  }

  /** Undefined where it is damaged, of another version, or not of the batch file with this seal. */
  static async open(source: ByteSource, codec: FrameCodec, seal: number): Promise<BatchIndex | undefined> {
    const start = await source.read(0, FIRST_READ_BYTES);
    const header = decodeHeader(start);
    if (header?.seal !== seal) return undefined;
    const size =
      (header.frames + header.count) * WORD + header.factFrames * FACT_SPAN_BYTES + idTableSize(header.count);
    const end = INDEX_HEADER_BYTES + size;
    const tables =
      end <= start.length
        ? start.subarray(INDEX_HEADER_BYTES, end)
        : await source.read(INDEX_HEADER_BYTES, size);
    const isWhole = tables.length === size && crc32(tables) === header.tablesCrc;
    return isWhole ? new BatchIndex(header, tables, source, codec) : undefined;
  }

  /** Number of the first record in a frame of the batch. */
  firstRecord(frame: number): number {
    return this.firstRecords.readUInt32LE(frame * WORD);
  }

  /** Bytes of each record's line, without the newline. */
  sizes(): number[] {
    return Array.from({ length: this.count }, (_, record) => this.lineSizes.readUInt32LE(record * WORD));
  }

  /** The records that may have this id, in their order; few that have another are among them. */
  recordsLike(id: string): Iterable<number> {
    return recordsWithHash(this.ids, hashOfId(id));
  }

  /** Facts of the records `from` up to, not including, `to`. Fails where the index was taken away since it was opened. */
  readFacts(from: number, to: number): Promise<RecordFacts[]> {
    return this.facts.read(from, to);
  }
}

/** Cuts pieces off the front of `bytes`, one after the other. */
function cutter(bytes: Buffer): (size: number) => Buffer {
  let at = 0;
  return (size) => bytes.subarray(at, (at += size));
}
