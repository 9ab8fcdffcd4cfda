// A process that works on a store as a window does, beside others: `racing-window.ts ROOT SEED MILLISECONDS`.
// Prints what it did as JSON; fails at the first thing that no window may see.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { hasCode } from '../../src/core/common/errors.ts';
import { batchKey } from '../../src/core/feed/batch-id.ts';
import { factsOf } from '../../src/core/feed/record-facts.ts';
import { BatchStore } from '../../src/core/store/batch-store.ts';
import { indexPath } from '../../src/core/store/layout.ts';
import { KEPT, RACED, linesOf } from './raced-batches.ts';
import type { RacedId } from './raced-batches.ts';
import { storeLines } from './store.ts';

const [root = '', seed = '', milliseconds = ''] = process.argv.slice(2);
const store = new BatchStore(root, seed.padStart(8, '0'));
const keep = new Set(KEPT.map(batchKey));
const done: Record<string, number> = {};

const WORKS: Readonly<Record<string, (id: RacedId) => Promise<unknown>>> = {
  download: (id) => storeLines(store, id, linesOf(id)),
  read: async (id) => {
    const reader = await store.open(id);
    const facts = linesOf(id).map((line) => factsOf(id.feed, Buffer.from(line)));
    assert.deepEqual((await reader.readLines(0, reader.count)).map(String), linesOf(id));
    assert.deepEqual(await reader.readFacts(), facts);
  },
  find: async (id) => {
    const line = linesOf(id)[7] ?? '';
    const found = await (await store.open(id)).findLine(factsOf(id.feed, Buffer.from(line)).id);
    assert.equal(String(found), line);
  },
  list: async () => {
    const { batches } = await store.list();
    assert.equal(new Set(batches.map(batchKey)).size, batches.length);
  },
  delete: async (id) => {
    if (!keep.has(batchKey(id))) await store.delete(id);
  },
  evict: () => store.evict(20_000, keep),
  loseIndex: (id) => rm(indexPath(root, id), { force: true }),
  sweep: () => store.sweep(),
};

let state = Number(seed);
/** From 0 up to, not including, `limit`; the same for the same seed. */
function random(limit: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (state >> 8) % limit;
}

for (const id of KEPT) await WORKS.download?.(id);
const names = Object.keys(WORKS);
const end = performance.now() + Number(milliseconds);
while (performance.now() < end) {
  const name = names[random(names.length)] ?? '';
  const id = RACED[random(RACED.length)];
  if (id === undefined) break;
  let outcome = name;
  try {
    await WORKS[name]?.(id);
  } catch (error) {
    if (!hasCode(error, 'notStored') || keep.has(batchKey(id))) throw error;
    outcome = `${name}, gone`;
  }
  done[outcome] = (done[outcome] ?? 0) + 1;
}
console.log(JSON.stringify(done));
