/** Collects bits, most significant first, as bzip2 writes them. */
export class BitWriter {
  private bytes = Buffer.allocUnsafe(64 * 1024);
  private length = 0;
  private pending = 0;
  private pendingBits = 0;

  /** Appends the low `width` bits of `value`; at most 24 at a time. */
  write(width: number, value: number): void {
    this.pending = (this.pending << width) | value;
    this.pendingBits += width;
    while (this.pendingBits >= 8) {
      this.pendingBits -= 8;
      this.push(this.pending >>> this.pendingBits);
    }
    this.pending &= (1 << this.pendingBits) - 1;
  }

  writeUint32(value: number): void {
    this.write(16, value >>> 16);
    this.write(16, value & 0xffff);
  }

  /** Fills the last byte with zero bits and returns everything written. */
  finish(): Buffer<ArrayBuffer> {
    if (this.pendingBits > 0) this.write(8 - this.pendingBits, 0);
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = Buffer.allocUnsafe(this.bytes.length * 2);
      this.bytes.copy(grown);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte & 0xff;
  }
}
