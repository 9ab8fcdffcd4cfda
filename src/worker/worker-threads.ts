import { randomBytes } from 'node:crypto';
import type { MethodInput, MethodName, MethodOutput, StorePlace } from './protocol.ts';
import { WorkerClient } from './worker-client.ts';
import type { CallOptions } from './worker-client.ts';

/** Methods that read or tidy the store: short, and served by one lasting thread. */
type StoreMethod = Exclude<MethodName, JobMethod | 'startSample'>;
/** Methods that run long and decode: each gets a thread of its own, ended when it is done. */
type JobMethod =
  'probe' | 'downloadMinute' | 'downloadHour' | 'downloadArtifact' | 'exportBatch' | 'loadReport';

/** The threads of one window: one that reads, one for each job, one for the sample feeds. */
export class WorkerThreads {
  private reader: WorkerClient | undefined;
  private readonly clients = new Set<WorkerClient>();

  /** `script` is the worker bundle's path. */
  constructor(private readonly script: string) {}

  read<M extends StoreMethod>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions,
  ): Promise<MethodOutput<M>> {
    if (this.reader?.alive !== true) this.reader = this.start();
    return this.reader.call(method, input, options);
  }

  /** Runs a job in a new thread. However it ends, its thread ends, and its temporary files are gone. */
  async run<M extends JobMethod>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions,
  ): Promise<MethodOutput<M>> {
    const client = this.start();
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
  start(): WorkerClient {
    const client = new WorkerClient(this.script);
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
