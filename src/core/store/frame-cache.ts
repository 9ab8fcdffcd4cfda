/** Reads frames of a batch, and keeps the plain texts of those used last, up to a size. */
export class FrameCache {
  /** By number, the one used last at the end. */
  private readonly plains = new Map<number, Buffer>();
  private bytes = 0;

  /** `load` gets the frames `from` up to, not including, `to`. */
  constructor(
    private readonly maxBytes: number,
    private readonly load: (from: number, to: number) => Promise<readonly Buffer[]>,
  ) {}

  /** Plain texts of the frames `from` up to, not including, `to`; those that follow each other are loaded in one go. */
  async read(from: number, to: number): Promise<Buffer[]> {
    const plains: Buffer[] = [];
    for (let frame = from; frame < to; frame = from + plains.length) {
      const known = this.plains.get(frame);
      const run = known === undefined ? await this.load(frame, this.endOfGap(frame, to)) : [known];
      for (const [at, plain] of run.entries()) this.keep(frame + at, plain);
      plains.push(...run);
    }
    return plains;
  }

  /** The first frame after `from` that is kept, or `to`. */
  private endOfGap(from: number, to: number): number {
    let end = from + 1;
    while (end < to && !this.plains.has(end)) end++;
    return end;
  }

  /** A frame larger than the cache is not kept. */
  private keep(frame: number, plain: Buffer): void {
    this.drop(frame);
    if (plain.length > this.maxBytes) return;
    this.plains.set(frame, plain);
    this.bytes += plain.length;
    for (const oldest of this.plains.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.drop(oldest);
    }
  }

  private drop(frame: number): void {
    this.bytes -= this.plains.get(frame)?.length ?? 0;
    this.plains.delete(frame);
  }
}
