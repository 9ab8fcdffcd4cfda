import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type {
  ArtifactMethod,
  MethodInput,
  MethodName,
  MethodOutput,
  SampleMethod,
  StorePlace,
} from './protocol.ts';
import { WorkerClient } from './worker-client.ts';
import type { CallOptions } from './worker-client.ts';

/** Methods that read or tidy the store: short, and served by one lasting thread. */
type StoreMethod = Exclude<MethodName, JobMethod | SampleMethod>;
/** Methods that run long and decode: each gets a thread of its own, ended when it is done. */
type JobMethod = 'probe' | 'downloadMinute' | 'downloadHour' | 'exportBatch' | ArtifactMethod;

/** The bundles a thread can be started with, by what it serves. */
export const WORKER_SCRIPTS = {
  batches: 'batches.cjs',
  artifacts: 'artifacts.cjs',
  sample: 'sample.cjs',
} as const;

const SCRIPT_OF: Readonly<Record<ArtifactMethod, keyof typeof WORKER_SCRIPTS>> = {
  downloadArtifact: 'artifacts',
  loadReport: 'artifacts',
};

/** The threads of one window: one that reads, one for each job, one for the sample feeds. */
export class WorkerThreads {
  private reader: WorkerClient | undefined;
  private readonly clients = new Set<WorkerClient>();

  /** `folder`: where the bundles lie. */
  constructor(private readonly folder: string) {}

  read<M extends StoreMethod>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions,
  ): Promise<MethodOutput<M>> {
    if (this.reader?.alive !== true) this.reader = this.start('batches');
    return this.reader.call(method, input, options);
  }

  /** Runs a job in a new thread. However it ends, its thread ends, and its temporary files are gone. */
  async run<M extends JobMethod>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions,
  ): Promise<MethodOutput<M>> {
    const client = this.start(method in SCRIPT_OF ? SCRIPT_OF[method as ArtifactMethod] : 'batches');
    const owner = randomBytes(4).toString('hex');
    const owned = 'store' in input ? { ...input, store: { ...input.store, owner } } : input;
    try {
      return await client.call(method, owned, options);
    } catch (error) {
      await this.sweepAfter(client, owned, owner);
      throw error;
    } finally {
      await this.end(client);
    }
  }

  /** A thread that lasts until it is disposed of. */
  start(serves: keyof typeof WORKER_SCRIPTS): WorkerClient {
    const client = new WorkerClient(join(this.folder, WORKER_SCRIPTS[serves]));
    this.clients.add(client);
    return client;
  }

  async end(client: WorkerClient): Promise<void> {
    this.clients.delete(client);
    await client.dispose();
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.clients].map((client) => this.end(client)));
  }

  /** A thread that ended by itself takes back what it wrote; one that was ended could not. */
  private async sweepAfter(client: WorkerClient, input: object, owner: string): Promise<void> {
    if (client.alive || !('store' in input)) return;
    const roots = [
      (input.store as StorePlace).root,
      ...('artifacts' in input ? [input.artifacts as string] : []),
    ];
    const sweeps = roots.map((root) => this.read('sweep', { store: { root }, ended: owner }));
    await Promise.allSettled(sweeps);
  }
}
