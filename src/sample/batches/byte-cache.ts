/** Keeps the buffers used last, up to a number of bytes in all. */
export class ByteCache {
  private readonly entries = new Map<string, Buffer>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** The buffer under `key`, made by `make` when it is not here. */
  get(key: string, make: () => Buffer): Buffer {
    const kept = this.entries.get(key);
    const entry = kept ?? make();
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (kept === undefined) this.bytes += entry.length;
    for (const [oldest, { length }] of this.entries) {
      if (this.bytes <= this.maxBytes || oldest === key) break;
      this.entries.delete(oldest);
      this.bytes -= length;
    }
    return entry;
  }
}
