import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/core/catalog/catalog.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { minuteAtIndex } from '../../../../src/core/feed/day-minutes.ts';
import { dayOf, hourOf } from '../../../../src/core/feed/slot.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { ShownNodes } from '../../../../src/vscode/tree/shown-nodes.ts';
import { DownloadNodes } from '../../../../src/vscode/tree/download-nodes.ts';
import { TreeBuilder } from '../../../../src/vscode/tree/tree-builder.ts';
import { nodeId } from '../../../../src/vscode/tree/tree-node.ts';
import type { TreeNode } from '../../../../src/vscode/tree/tree-node.ts';
import { minute } from '../../../support/records.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const ID: BatchId<Minute> = { feed: 'files', slot: minute('202611221003') };

describe('ShownNodes', () => {
  let catalog: Catalog;
  let builder: TreeBuilder;
  let made: number;
  let shown: ShownNodes;
  beforeEach(() => {
    catalog = new Catalog();
    builder = new TreeBuilder(
      catalog,
      () => NOW,
      new DownloadNodes(
        () => [],
        () => NOW,
      ),
    );
    made = 0;
    shown = new ShownNodes((node) => {
      made++;
      return builder.current(node);
    });
  });

  /** Draws children as VS Code does when a node is opened, and returns them. */
  function open(parent?: TreeNode): TreeNode[] {
    const nodes = parent === undefined ? builder.roots() : builder.children(parent);
    shown.add(nodes);
    for (const node of nodes) shown.draw(node);
    return nodes;
  }
  const store = (slot: Minute): void => {
    catalog.setStored({ feed: 'files', slot, records: 1, bytes: 100 });
  };
  const named = (...ids: readonly BatchId[]): string[] => shown.changedBy(ids).map(nodeId);

  it('names nothing that is not shown, and nothing that looks as it did', () => {
    assert.deepEqual(named(ID), []);
    open();
    assert.deepEqual(named(ID), []);
    store(ID.slot);
    assert.deepEqual(named({ ...ID, feed: 'urls' }), []);
  });

  it('names the topmost node that looks different, which brings all below with it', () => {
    open();
    open(builder.feed('files'));
    open(builder.day('files', dayOf(ID.slot)));
    open(builder.hour('files', hourOf(ID.slot)));
    catalog.setRunning(ID, 'queued');
    assert.deepEqual(named(ID), ['files/202611221003']);
    store(ID.slot);
    assert.deepEqual(named(ID), ['files']);
  });

  it('names a node until it was drawn anew, and then no more', () => {
    const [files] = open();
    assert.ok(files !== undefined);
    store(ID.slot);
    assert.deepEqual(shown.changedBy([ID]), [files]);
    assert.deepEqual(shown.changedBy([ID]), [files]);
    const drawn = shown.draw(files);
    assert.ok(drawn.node === 'feed' && drawn.stored === 1);
    assert.deepEqual(named(ID), []);
  });

  it('names the very node it was given, not the one it looks like now', () => {
    const [files] = open();
    store(ID.slot);
    assert.equal(shown.changedBy([ID])[0], files);
  });

  it('forgets all when everything is read anew', () => {
    open();
    store(ID.slot);
    shown.clear();
    assert.deepEqual(named(ID), []);
  });

  it('looks at each shown node once, however many batches have changed', () => {
    const day = dayOf(ID.slot);
    open();
    open(builder.feed('files'));
    const hours = open(builder.day('files', day));
    for (const hour of hours) open(hour);
    const minutes = Array.from({ length: 630 }, (_, index) => minuteAtIndex(day, index));
    for (const slot of minutes) store(slot);
    made = 0;
    assert.deepEqual(named(...minutes.map((slot) => ({ feed: 'files', slot }) as const)), ['files']);
    assert.equal(made, 1);
    open();
    open(builder.feed('files'));
    made = 0;
    assert.deepEqual(
      named(...minutes.map((slot) => ({ feed: 'files', slot }) as const)).sort(),
      hours.slice(1).map(nodeId).sort(),
    );
    assert.equal(made, 2 + hours.length - 1);
  });
});
