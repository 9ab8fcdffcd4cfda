import type { FileSystem } from '../../src/core/store/file-system.ts';
import { nodeFileSystem } from '../../src/core/store/node-file-system.ts';

/** Which operations fail: one of them, or all from one on, as if the program had been killed there. */
export type FailureKind = 'one' | 'allFrom';

/** The disk, with a failure at its nth operation; counts what is open. */
export class FailingFiles {
  /** Operations asked for so far. */
  operations = 0;
  /** Files open at the moment. */
  readonly open = new Set<object>();

  /** `nth` counts from 1; 0 fails never. */
  constructor(
    private readonly code: string,
    private readonly nth = 0,
    private readonly kind: FailureKind = 'one',
  ) {}

  readonly files: FileSystem = {
    openRead: (path) =>
      this.try(async () => {
        const file = await nodeFileSystem.openRead(path);
        this.open.add(file);
        return {
          read: (at, size) => this.try(() => file.read(at, size)),
          stat: () => this.try(() => file.stat()),
          close: () => this.close(file),
        };
      }),
    create: (path) =>
      this.try(async () => {
        const file = await nodeFileSystem.create(path);
        this.open.add(file);
        return {
          // A disk that is full has taken the first half.
          writeFile: (data) =>
            this.try(
              () => file.writeFile(data),
              () => file.writeFile(data.slice(0, data.length >> 1)),
            ),
          sync: () => this.try(() => file.sync()),
          close: () => this.close(file),
        };
      }),
    mkdir: (path) => this.try(() => nodeFileSystem.mkdir(path)),
    readdir: (path) => this.try(() => nodeFileSystem.readdir(path)),
    rename: (from, to) => this.try(() => nodeFileSystem.rename(from, to)),
    rm: (path) => this.try(() => nodeFileSystem.rm(path)),
    rmdir: (path) => this.try(() => nodeFileSystem.rmdir(path)),
    stat: (path) => this.try(() => nodeFileSystem.stat(path)),
    touch: (path, time) => this.try(() => nodeFileSystem.touch(path, time)),
    syncFolder: (path) => this.try(() => nodeFileSystem.syncFolder(path)),
  };

  /** Whether the failure has come. */
  get hasFailed(): boolean {
    return this.nth > 0 && this.operations >= this.nth;
  }

  private async try<T>(operation: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    this.operations++;
    const fails = this.kind === 'one' ? this.operations === this.nth : this.hasFailed;
    if (!fails) return operation();
    await half?.();
    throw Object.assign(new Error(`${this.code}: made to fail`), { code: this.code });
  }

  /** A file whose closing fails is closed all the same. */
  private async close(file: { close(): Promise<void> }): Promise<void> {
    await file.close();
    this.open.delete(file);
    await this.try(() => Promise.resolve());
  }
}
