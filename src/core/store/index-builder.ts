import { crc32 } from 'node:zlib';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { FrameCodec } from './frame-codec.ts';
import { encodeIdTable, hashOfId } from './id-table.ts';
import { encodeHeader } from './index-header.ts';

/** Plain bytes of a frame of facts: a page of summaries is in one or two (measured: 0.05 ms each). */
const FACTS_FRAME_BYTES = 64 * 1024;

/**
 * Builds the index of a batch, record by record; what it keeps of them is packed, so that a large batch needs little
 * memory. An index is: header; for each frame of the batch its first record's number; for each record its size; for
 * each frame of facts its first record's number, packed size and plain size; the table of ids; the facts, a line of
 * JSON a record, in frames. Numbers are little-endian, 4 bytes.
 */
export class IndexBuilder {
  private readonly firstRecords: number[] = [];
  private readonly sizes: number[] = [];
  private readonly hashes: number[] = [];
  private readonly factFrames: Buffer[] = [];
  /** First record, packed size and plain size of each frame of facts. */
  private readonly factSpans: number[] = [];
  private facts: string[] = [];
  private factsSize = 0;
  private frameStart = 0;

  constructor(private readonly codec: FrameCodec) {}

  /** Records added so far. */
  get count(): number {
    return this.sizes.length;
  }

  /** Takes the next record of the frame being filled. `size`: bytes of its line, without the newline. */
  add(size: number, facts: RecordFacts): void {
    this.sizes.push(size);
    this.hashes.push(hashOfId(facts.id));
    const line = `${JSON.stringify(facts)}\n`;
    this.facts.push(line);
    this.factsSize += line.length;
    if (this.factsSize >= FACTS_FRAME_BYTES) this.packFacts();
  }

  /** The records added since the last call are a frame of the batch. */
  endFrame(): void {
    this.firstRecords.push(this.frameStart);
    this.frameStart = this.count;
  }

  /** The index of the frames so far. `seal`: that of the batch file. More may be added afterwards. */
  build(seal: number): Buffer {
    this.packFacts();
    const tables = Buffer.concat([
      uint32s([...this.firstRecords, ...this.sizes, ...this.factSpans]),
      encodeIdTable(this.hashes),
    ]);
    const facts = Buffer.concat(this.factFrames);
    const header = encodeHeader({
      count: this.count,
      seal,
      frames: this.firstRecords.length,
      factFrames: this.factFrames.length,
      tablesCrc: crc32(tables),
      factsCrc: crc32(facts),
      factsSize: facts.length,
    });
    return Buffer.concat([header, tables, facts]);
  }

  private packFacts(): void {
    if (this.facts.length === 0) return;
    const plain = Buffer.from(this.facts.join(''));
    const frame = this.codec.pack(plain);
    this.factFrames.push(frame);
    this.factSpans.push(this.count - this.facts.length, frame.length, plain.length);
    this.facts = [];
    this.factsSize = 0;
  }
}

function uint32s(values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}
