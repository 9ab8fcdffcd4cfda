import * as vscode from 'vscode';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { dayOf, hourOf, isMinute } from '../../core/feed/slot.ts';
import type { TreeBuilder } from './tree-builder.ts';
import { toTreeItem } from './tree-item.ts';
import { nodeId } from './tree-node.ts';
import type { TreeNode } from './tree-node.ts';

/** VS Code waits for a pause of 200 ms between changes before it draws any: they are told in rounds. */
const ROUND_MS = 300;

/** Hands the tree to VS Code, and tells it which nodes have changed. Empty while there is no access: then the view welcomes. */
export class FeedsTree implements vscode.TreeDataProvider<TreeNode> {
  private readonly changes = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  /** The nodes VS Code holds, by id: a change is told with the very node it knows. */
  private readonly shown = new Map<string, TreeNode>();
  /** What was last told of a node, by its id. */
  private readonly told = new Map<string, string>();
  /** Changes to tell with the next round. */
  private readonly pending = new Set<TreeNode>();
  private round: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    private readonly builder: TreeBuilder,
    private readonly hasAccess: () => boolean,
    private readonly now: () => number,
  ) {}

  getChildren(parent?: TreeNode): TreeNode[] {
    if (!this.hasAccess()) return [];
    const nodes = parent === undefined ? this.builder.roots() : this.builder.children(parent);
    for (const node of nodes) this.shown.set(nodeId(node), node);
    return nodes;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.builder.parent(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return toTreeItem(this.current(node), this.now());
  }

  /** Something about `id` has changed, or, without it, about anything. */
  refresh(id?: BatchId): void {
    if (id === undefined) {
      this.shown.clear();
      this.told.clear();
      this.pending.clear();
      this.changes.fire(undefined);
      return;
    }
    for (const key of [`${id.feed}/${hourOf(id.slot)}`, `${id.feed}/${dayOf(id.slot)}`, id.feed])
      this.tell(key);
    if (isMinute(id.slot)) this.tell(batchKey(id));
  }

  /** VS Code reads all that is below a node anew, so only one that looks different is told. */
  private tell(key: string): void {
    const node = this.shown.get(key);
    if (node === undefined) return;
    const look = JSON.stringify(this.current(node));
    if (this.told.get(key) === look) return;
    this.told.set(key, look);
    this.pending.add(node);
    this.round ??= setTimeout(() => {
      this.round = undefined;
      this.changes.fire([...this.pending]);
      this.pending.clear();
    }, ROUND_MS);
  }

  dispose(): void {
    clearTimeout(this.round);
  }

  /** VS Code keeps the node it was first given; what is shown is made anew. */
  private current(node: TreeNode): TreeNode {
    switch (node.node) {
      case 'feed':
        return this.builder.feed(node.feed);
      case 'day':
        return this.builder.day(node.feed, node.day);
      case 'hour':
        return this.builder.hour(node.feed, node.time);
      case 'minute':
        return this.builder.minute(node.feed, node.time);
    }
  }
}
