import assert from 'node:assert/strict';
import { mkdir, utimes } from 'node:fs/promises';
import { Catalog } from '../../../src/core/catalog/catalog.ts';
import { minuteAtIndex } from '../../../src/core/feed/day-minutes.ts';
import type { BatchId } from '../../../src/core/feed/batch-id.ts';
import { DAY_MS, dayAt } from '../../../src/core/feed/slot.ts';
import { saveDayListing } from '../../../src/core/store/day-listing.ts';
import { dayFolder } from '../../../src/core/store/layout.ts';
import { stampOf } from '../../../src/core/store/list-days.ts';
import { StoreKeeper } from '../../../src/vscode/batches/store-keeper.ts';
import { DownloadNodes } from '../../../src/vscode/tree/download-nodes.ts';
import { ShownNodes } from '../../../src/vscode/tree/shown-nodes.ts';
import { TreeBuilder } from '../../../src/vscode/tree/tree-builder.ts';
import type { TreeNode } from '../../../src/vscode/tree/tree-node.ts';
import { WorkerThreads } from '../../../src/worker/worker-threads.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { longestTurn } from '../../support/turn-times.ts';
import { weekOfBatches } from '../../support/week-of-batches.ts';
import { useWorkerBundle } from '../../support/worker-bundle.ts';

/** A tenth to a fifth of it is what is measured. */
const BAR_MS = 50;

/** What VS Code's own part does is measured in VS Code, see test/integration/event-loop.test.ts. */
describe('the window’s thread with a store of 50,000 batches', () => {
  const folder = useTempFolder();
  const bundles = useWorkerBundle();
  const now = Date.now();
  let threads: WorkerThreads;
  let catalog: Catalog;
  let builder: TreeBuilder;
  let keeper: StoreKeeper;
  beforeEach(() => {
    threads = new WorkerThreads(bundles());
    catalog = new Catalog();
    const downloads = new DownloadNodes(
      () => [],
      () => now,
    );
    builder = new TreeBuilder(catalog, () => now, downloads);
    keeper = new StoreKeeper({
      catalog,
      log: { info: () => undefined },
      maxStoreBytes: () => Number.POSITIVE_INFINITY,
      openBatches: () => [],
      queue: { cancelAll: () => Promise.resolve() },
      source: { store: { root: folder() }, artifactRoot: folder },
      threads,
    });
  });
  afterEach(() => threads.dispose());

  /** Lays down a store that was read before, without its files. */
  async function weekOnDisk(): Promise<void> {
    for (const day of weekOfBatches(now)) {
      const path = dayFolder(folder(), day.feed, day.day);
      await mkdir(path, { recursive: true });
      await utimes(path, 1_700_000_000, 1_700_000_000);
      const stamp = await stampOf(folder(), day);
      assert.ok(stamp !== undefined);
      await saveDayListing(folder(), { ...day, stamp: stamp.text });
    }
  }

  /** Every node of the tree, as when each feed, day and hour of it is open. */
  function drawAll(shown: ShownNodes, nodes: readonly TreeNode[] = builder.roots()): number {
    shown.add(nodes);
    for (const node of nodes) shown.draw(node);
    return nodes.reduce((count, node) => count + drawAll(shown, builder.children(node)), nodes.length);
  }

  async function assertShort(work: () => Promise<unknown>): Promise<void> {
    const { ms } = await longestTurn(work, 0);
    assert.ok(ms <= BAR_MS, `the longest turn took ${ms.toFixed(1)} ms`);
  }

  it('is not held up when the whole listing comes, nor when nothing has changed', async () => {
    await weekOnDisk();
    await assertShort(() => keeper.ensureListed());
    assert.equal(catalog.totals().count, 50_400);
    await assertShort(() => keeper.reload());
  });

  it('takes a day’s 1,440 stored minutes at full speed, with every hour of the tree open', async () => {
    catalog.takeDays(weekOfBatches(now), catalog.revision);
    const shown = new ShownNodes((node) => builder.current(node));
    assert.ok(drawAll(shown) > 40_000);
    const day = dayAt(now - DAY_MS);
    const changed: BatchId[] = [];
    catalog.onDidChange((id) => id !== undefined && changed.push(id));
    await assertShort(() => {
      for (let minute = 0; minute < 1440; minute++)
        catalog.setStored({ feed: 'files', slot: minuteAtIndex(day, minute), records: 9, bytes: 9 });
      return Promise.resolve();
    });
    assert.equal(changed.length, 1440);
    assert.equal(catalog.sumOf('files', day).records, 9 * 1440);
    await assertShort(() => {
      assert.equal(shown.changedBy(changed).length, 24);
      return Promise.resolve();
    });
  });

  it('draws a node and what is in it within a turn, wherever it is in the tree', async () => {
    catalog.takeDays(weekOfBatches(now), catalog.revision);
    await assertShort(() => {
      assert.equal(builder.roots().length, 5);
      return Promise.resolve();
    });
    let nodes: TreeNode[] = builder.roots();
    for (const depth of ['feed', 'day', 'hour', 'minute']) {
      const [, second] = nodes;
      assert.equal(second?.node, depth);
      await assertShort(() => {
        nodes = builder.children(second);
        return Promise.resolve();
      });
    }
  });
});
