const NEWLINE = 0x0a;

/** The frame that is being filled: whole records, each with its newline. One memory serves all frames. */
export class PlainFrame {
  private memory: Buffer;
  private filled = 0;

  /** `capacity` bytes are kept; a record that is longer has its own memory as long as it is here. */
  constructor(private readonly capacity: number) {
    this.memory = Buffer.allocUnsafeSlow(capacity);
  }

  /** Bytes. */
  get size(): number {
    return this.filled;
  }

  /** Copies a record; the caller may use its memory again. */
  add(line: Buffer): void {
    const end = this.filled + line.length + 1;
    if (end > this.memory.length) this.grow(end);
    line.copy(this.memory, this.filled);
    this.memory[end - 1] = NEWLINE;
    this.filled = end;
  }

  /** What was added, good until the next record is. */
  take(): Buffer {
    const taken = this.memory.subarray(0, this.filled);
    this.filled = 0;
    if (this.memory.length > this.capacity) this.memory = Buffer.allocUnsafeSlow(this.capacity);
    return taken;
  }

  private grow(size: number): void {
    const grown = Buffer.allocUnsafeSlow(size);
    this.memory.copy(grown, 0, 0, this.filled);
    this.memory = grown;
  }
}
