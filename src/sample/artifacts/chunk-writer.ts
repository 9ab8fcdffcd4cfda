const CHUNK_BYTES = 65_536;
const CHUNK_HEADER_BYTES = 512;
const STRING_TABLE_AT = 128;
const STRING_BUCKETS = 64;

/**
 * Writes into one chunk of an EVTX file, little endian, from right after its header
 * (format: libevtx, "Windows XML Event Log (EVTX) format").
 */
export class ChunkWriter {
  readonly chunk = Buffer.alloc(CHUNK_BYTES);
  /** Where the next byte goes. */
  at = CHUNK_HEADER_BYTES;
  private readonly names = new Map<string, number>();

  u8(value: number): void {
    this.at = this.chunk.writeUInt8(value, this.at);
  }

  u16(value: number): void {
    this.at = this.chunk.writeUInt16LE(value, this.at);
  }

  u32(value: number): void {
    this.at = this.chunk.writeUInt32LE(value, this.at);
  }

  u64(value: bigint): void {
    this.at = this.chunk.writeBigUInt64LE(value, this.at);
  }

  raw(data: Uint8Array): void {
    this.chunk.set(data, this.at);
    this.at += data.length;
  }

  /** A length in characters, then the text in UTF-16. */
  text(text: string): void {
    this.u16(text.length);
    this.raw(Buffer.from(text, 'utf16le'));
  }

  /** Runs `write` after a field that tells how many bytes it wrote. */
  sized(write: () => void): void {
    const field = this.at;
    this.u32(0);
    write();
    this.chunk.writeUInt32LE(this.at - field - 4, field);
  }

  /** Where a name stands; the first time it is written here and hung into the chunk's table of names. */
  name(name: string): void {
    const known = this.names.get(name);
    this.u32(known ?? this.at + 4);
    if (known !== undefined) return;
    this.names.set(name, this.at);
    const hash = nameHash(name);
    const bucket = STRING_TABLE_AT + (hash % STRING_BUCKETS) * 4;
    const next = this.chunk.readUInt32LE(bucket);
    this.chunk.writeUInt32LE(this.at, bucket);
    this.u32(next);
    this.u16(hash);
    this.text(name);
    this.u16(0);
  }
}

function nameHash(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 65_599) + name.charCodeAt(at)) >>> 0;
  return hash & 0xffff;
}
