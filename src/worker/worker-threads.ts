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

/** How long a thread without a job waits for another, milliseconds: a feed that is followed has one a minute. */
const SPARE_MS = 90_000;

/** The threads of one window: one that reads, one for each job, one for the sample feeds. */
export class WorkerThreads {
  private reader: WorkerClient | undefined;
  /** Has had a job of batches, and what it takes to start and to get fast is behind it. */
  private spare: WorkerClient | undefined;
  private spareEnds: NodeJS.Timeout | undefined;
  private readonly clients = new Set<WorkerClient>();

  /** `folder`: where the bundles lie. */
  constructor(
    private readonly folder: string,
    private readonly spareMs = SPARE_MS,
  ) {}

  read<M extends StoreMethod>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions,
  ): Promise<MethodOutput<M>> {
    if (this.reader?.alive !== true) this.reader = this.start('batches');
    return this.reader.call(method, input, options);
  }

  /** Runs a job in a thread that has no other. However it ends, its temporary files are gone. */
  async run<M extends JobMethod>(
    method: M,
    input: MethodInput<M>,
    options?: CallOptions,
  ): Promise<MethodOutput<M>> {
    const serves = method in SCRIPT_OF ? SCRIPT_OF[method as ArtifactMethod] : 'batches';
    const client = (serves === 'batches' ? this.takeSpare() : undefined) ?? this.start(serves);
    const owner = randomBytes(4).toString('hex');
    const owned = 'store' in input ? { ...input, store: { ...input.store, owner } } : input;
    try {
      return await client.call(method, owned, options);
    } catch (error) {
      await this.sweepAfter(client, owned, owner);
      throw error;
    } finally {
      if (serves === 'batches' && client.alive && this.spare === undefined) this.keep(client);
      else await this.end(client);
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
    clearTimeout(this.spareEnds);
    await Promise.all([...this.clients].map((client) => this.end(client)));
  }

  private takeSpare(): WorkerClient | undefined {
    const { spare } = this;
    this.spare = undefined;
    clearTimeout(this.spareEnds);
    return spare?.alive === true ? spare : undefined;
  }

  private keep(client: WorkerClient): void {
    this.spare = client;
    this.spareEnds = setTimeout(() => {
      this.spare = undefined;
      void this.end(client);
    }, this.spareMs).unref();
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
