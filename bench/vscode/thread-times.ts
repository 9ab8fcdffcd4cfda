import { closeSync, openSync, readSync } from 'node:fs';

/** What a thread did with its time so far, milliseconds. */
export interface ThreadTimes {
  /** It had a core. */
  readonly work: number;
  /** It could have gone on, and others had the cores. */
  readonly wait: number;
}

/** The times of this process's first thread, as Linux keeps them; all zero where nobody does. */
export class ThreadClock {
  private readonly buffer = Buffer.alloc(128);
  private readonly file = openSchedule();

  read(): ThreadTimes {
    if (this.file === undefined) return { work: 0, wait: 0 };
    const length = readSync(this.file, this.buffer, 0, this.buffer.length, 0);
    // Nanoseconds on a core, nanoseconds of waiting for one, turns.
    const [work, wait] = this.buffer.toString('latin1', 0, length).split(' ');
    return { work: Number(work) / 1e6, wait: Number(wait) / 1e6 };
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }
}

function openSchedule(): number | undefined {
  try {
    return openSync(`/proc/${String(process.pid)}/schedstat`, 'r');
  } catch {
    return undefined;
  }
}
