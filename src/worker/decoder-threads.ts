import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { BlockCrew, BlockResult, PackedBlock } from '../core/batch/bzip2/block-crew.ts';
import { DecoderThread } from './decoder-thread.ts';
import type { PendingBlock } from './decoder-thread.ts';

/** More threads would mostly wait for memory, and the machine is shared. */
const MAX_THREADS = 4;
/** Blocks a thread has at most: the one it works on, and one that waits, so that it never does. */
const MAX_LOAD = 2;

/** Where the decoder's bundle and its WebAssembly lie, beside each other. */
export const DECODER_SCRIPT = 'decoder.cjs';
export const DECODER_MODULE = 'bzip2.wasm';

/** The threads that unpack blocks for one job. Two start at once, the others when there is work. */
export class DecoderThreads implements BlockCrew {
  readonly appetite: number;
  private readonly threads: DecoderThread[] = [];
  private readonly first: DecoderThread;
  private readonly waiting: PendingBlock[] = [];
  private isEnded = false;

  private constructor(
    private readonly script: string,
    private readonly module: WebAssembly.Module,
    private readonly size: number,
  ) {
    this.appetite = size * MAX_LOAD + 1;
    this.first = this.add();
    // The second starts besides: it takes as long as the first block does.
    if (size > 1) this.add();
  }

  /** Fails where WebAssembly or threads cannot be had. `folder` holds both files. */
  static async start(
    folder: string,
    size = Math.min(availableParallelism(), MAX_THREADS),
  ): Promise<DecoderThreads> {
    const module = await WebAssembly.compile(await readFile(join(folder, DECODER_MODULE)));
    const threads = new DecoderThreads(join(folder, DECODER_SCRIPT), module, size);
    try {
      await threads.first.ready;
    } catch (error) {
      await threads.end();
      throw error;
    }
    return threads;
  }

  /** False once a thread is gone. */
  get isFine(): boolean {
    return !this.isEnded && this.threads.every(({ isFine }) => isFine);
  }

  unpack(block: PackedBlock): Promise<BlockResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ block, resolve, reject });
      this.giveOut();
    });
  }

  /** Ends all threads at once; what they had rejects, and so does whatever comes later. */
  async end(): Promise<void> {
    this.isEnded = true;
    this.giveOut();
    await Promise.all(this.threads.map((thread) => thread.end()));
  }

  /** What waits goes to the least busy thread. */
  private giveOut(): void {
    if (this.isEnded) {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('the decoder threads were ended'));
    }
    for (let thread = this.leastBusy(); thread.load < MAX_LOAD; thread = this.leastBusy()) {
      const pending = this.waiting.shift();
      if (pending === undefined) return;
      thread.unpack(pending);
    }
  }

  private leastBusy(): DecoderThread {
    const least = this.threads.reduce((one, other) => (other.load < one.load ? other : one), this.first);
    const canAdd = this.threads.length < this.size && !this.isEnded;
    return least.load > 0 && canAdd && this.waiting.length > 0 ? this.add() : least;
  }

  private add(): DecoderThread {
    const thread = new DecoderThread(this.script, { module: this.module }, () => {
      this.giveOut();
    });
    this.threads.push(thread);
    return thread;
  }
}
