import { onDisk } from '../common/disk-error.ts';
import type { WritableFile } from './file-system.ts';

/** Bytes of a write: many small ones would each wake a thread (measured: a third of a batch's time). */
const WRITE_BYTES = 1024 * 1024;

/** Writes to a file in large pieces, one of which is under way while the next is gathered. */
export class WriteBehind {
  private gathered: Buffer[] = [];
  private gatheredSize = 0;
  private underWay: Promise<void> | undefined;
  private taken = 0;

  constructor(private readonly file: WritableFile) {}

  /** Bytes it was given: the file's size once all is written. */
  get size(): number {
    return this.taken;
  }

  /** Takes bytes nobody changes any more. A promise only where a piece is full and may have to wait for the one before. */
  add(bytes: Buffer): Promise<void> | undefined {
    this.gathered.push(bytes);
    this.gatheredSize += bytes.length;
    this.taken += bytes.length;
    return this.gatheredSize < WRITE_BYTES ? undefined : this.begin();
  }

  /** Resolves when everything is written. */
  async finish(): Promise<void> {
    await this.begin();
    await this.underWay;
  }

  /** Closes the file, when nothing is written any more. */
  async close(): Promise<void> {
    await this.underWay?.catch(() => undefined);
    await this.file.close();
  }

  private async begin(): Promise<void> {
    await this.underWay;
    const piece = Buffer.concat(this.gathered, this.gatheredSize);
    this.gathered = [];
    this.gatheredSize = 0;
    this.underWay = onDisk(() => this.file.writeFile(piece));
    // Whoever waits for it next learns of a failure.
    this.underWay.catch(() => undefined);
  }
}
