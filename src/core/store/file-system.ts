/** What the store needs to know of a file. A file that took another's place has another `ino`, size or time. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Unix milliseconds. */
  readonly mtimeMs: number;
  readonly ino: number;
}

/** A file open for reading. Whoever opened it closes it. */
export interface ReadableFile {
  /** The `size` bytes at `at`; fewer where the file ends before. */
  read(at: number, size: number): Promise<Buffer>;
  stat(): Promise<FileFacts>;
  close(): Promise<void>;
}

/** A new file. Whoever made it closes it. */
export interface WritableFile {
  /** Writes all of `data` at the end. */
  writeFile(data: Buffer | string): Promise<void>;
  /** Resolves when what was written would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The file operations batches are kept with. They fail with the errors of Node.js. */
export interface FileSystem {
  openRead(path: string): Promise<ReadableFile>;
  /** Makes a file only its owner can read. Fails where there is one. */
  create(path: string): Promise<WritableFile>;
  /** Makes a folder only its owner can look into, and those above it. Resolves with the first it made, if any. */
  mkdir(path: string): Promise<string | undefined>;
  readdir(path: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; none may be there. */
  rm(path: string): Promise<void>;
  /** Removes a folder. Fails where it is not empty. */
  rmdir(path: string): Promise<void>;
  stat(path: string): Promise<FileFacts>;
  /** Sets the time of a file, Unix milliseconds. */
  touch(path: string, time: number): Promise<void>;
  /** Resolves when the names in a folder would survive a power cut. */
  syncFolder(path: string): Promise<void>;
}
