// Downloads a slot into a store as the extension does, in a process of its own.
import type { ApiKey } from '../../src/core/api/api-key.ts';
import type { OnEvent } from '../../src/core/download/progress.ts';
import { isMinute } from '../../src/core/feed/slot.ts';
import type { Hour, Minute } from '../../src/core/feed/slot.ts';
import type { StoredBatch, StoredPackage } from '../../src/core/store/stored.ts';
import { WorkerThreads } from '../../src/worker/worker-threads.ts';
import { childInput, ownPeakMemory, report } from './child.ts';

export interface DownloadInput {
  /** Folder of the workers' bundles. */
  readonly bundles: string;
  readonly origin: string;
  readonly key: string;
  readonly slot: Minute | Hour;
  /** Folder of the store. */
  readonly store: string;
  /** Another store into which the same is downloaded before: the threads run then, and nothing is compiled any more. */
  readonly before: string | undefined;
}

export interface DownloadReport {
  /** From the call to the committed batch; the start of the job's threads counts where they do not run, that of this process does not. */
  readonly seconds: number;
  /** From the call until the first records could be read; undefined where nothing told. */
  readonly secondsToFirst: number | undefined;
  readonly records: number;
  /** Bytes. */
  readonly peakMemory: number;
}

const { bundles, origin, key, slot, store, before } = childInput() as DownloadInput;
const threads = new WorkerThreads(bundles);
const connection = { access: { origin, apiKey: key as ApiKey }, network: {} };
const { signal } = new AbortController();
if (before !== undefined) await download(before, () => undefined);
const startedAt = performance.now();
const elapsed = (): number => (performance.now() - startedAt) / 1000;
let secondsToFirst: number | undefined;
const { records } = await download(store, (event) => {
  if (event.event === 'readable') secondsToFirst ??= elapsed();
});
const seconds = elapsed();
await threads.dispose();
report({ seconds, secondsToFirst, records, peakMemory: ownPeakMemory() } satisfies DownloadReport);

function download(root: string, onEvent: OnEvent): Promise<StoredBatch | StoredPackage> {
  const job = { connection, store: { root }, decoder: 'parallel' } as const;
  const options = { signal, onEvent };
  return isMinute(slot)
    ? threads.run('downloadMinute', { ...job, id: { feed: 'files', slot } }, options)
    : threads.run('downloadHour', { ...job, id: { feed: 'files', slot } }, options);
}
