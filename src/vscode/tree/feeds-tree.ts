import * as vscode from 'vscode';
import { Throttle } from '../../core/common/throttle.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { ShownNodes } from './shown-nodes.ts';
import type { TreeBuilder } from './tree-builder.ts';
import { toTreeItem } from './tree-item.ts';
import type { TreeNode } from './tree-node.ts';

/** VS Code waits for a pause of 200 ms between changes before it draws any: they are told in rounds. */
const ROUND_MS = 300;

/** Hands the tree to VS Code, and tells it which nodes have changed. Empty while there is no access: then the view welcomes. */
export class FeedsTree implements vscode.TreeDataProvider<TreeNode> {
  private readonly changes = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  private readonly shown: ShownNodes;
  /** Batches that have changed since the last round. */
  private readonly changed = new Map<string, BatchId>();
  private downloadsChanged = false;
  private readonly rounds = new Throttle(() => {
    this.tellChanges();
  }, ROUND_MS);

  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    private readonly builder: TreeBuilder,
    private readonly hasAccess: () => boolean,
    private readonly now: () => number,
  ) {
    this.shown = new ShownNodes((node) => builder.current(node));
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    if (!this.hasAccess()) return [];
    const nodes = parent === undefined ? this.builder.roots() : this.builder.children(parent);
    this.shown.add(nodes);
    return nodes;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.builder.parent(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return toTreeItem(this.shown.draw(node), this.now());
  }

  /** Something about `id` has changed, or, without it, about anything. */
  refresh(id?: BatchId): void {
    if (id === undefined) {
      this.shown.clear();
      this.changed.clear();
      this.changes.fire(undefined);
      return;
    }
    this.changed.set(batchKey(id), id);
    this.rounds.ask();
  }

  /** Ranges or follows have changed. */
  refreshDownloads(): void {
    this.downloadsChanged = true;
    this.rounds.ask();
  }

  dispose(): void {
    this.rounds.dispose();
  }

  private tellChanges(): void {
    const nodes = this.shown.changedBy(this.changed.values());
    this.changed.clear();
    if (this.downloadsChanged) {
      this.downloadsChanged = false;
      if (this.hasAccess() && this.shown.has('downloads') !== this.builder.hasDownloads) {
        this.refresh();
        return;
      }
      nodes.push(...this.shown.changedAmong(this.builder.downloadIds()));
    }
    if (nodes.length > 0) this.changes.fire(nodes);
  }
}
