// Reads single records of one stored batch in random order.
import type { Minute } from '../../src/core/feed/slot.ts';
import { BatchStore } from '../../src/core/store/batch-store.ts';
import { WorkerThreads } from '../../src/worker/worker-threads.ts';
import { Random } from '../../src/sample/records/random.ts';
import { childInput, report } from './child.ts';

export interface RandomRecordInput {
  /** Folder of the workers' bundles. */
  readonly bundles: string;
  /** Folder of the store. */
  readonly store: string;
  readonly slot: Minute;
  readonly reads: number;
}

/** All in milliseconds, one for each read. */
export interface RandomRecordReport {
  /** By its place in a batch that is open. */
  readonly byPlace: readonly number[];
  /** By its id, asked of the reader thread as a document asks: there and back. The first one is not in here. */
  readonly byId: readonly number[];
  /** The first by its id in a new process: thread, index and all. */
  readonly first: number;
}

const { bundles, store, slot, reads } = childInput() as RandomRecordInput;
const batch = { feed: 'files', slot } as const;
const random = new Random(1, slot, 'reads');

const reader = await new BatchStore(store).open(batch);
const ids = (await reader.readFacts()).map(({ id }) => id);
const places = Array.from({ length: reads }, () => random.int(0, reader.count - 1));
const byPlace: number[] = [];
for (const at of places) byPlace.push(await milliseconds(() => reader.readLines(at, at + 1)));

const threads = new WorkerThreads(bundles);
const byId: number[] = [];
for (const at of places) {
  const id = ids[at] ?? '';
  byId.push(await milliseconds(() => threads.read('findRecord', { store: { root: store }, batch, id })));
}
await threads.dispose();
const [first = 0, ...others] = byId;
report({ byPlace, byId: others, first } satisfies RandomRecordReport);

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
