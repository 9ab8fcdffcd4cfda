import type { BatchId } from '../../core/feed/batch-id.ts';
import { dayOf, hourOf } from '../../core/feed/slot.ts';
import { nodeId } from './tree-node.ts';
import type { TreeNode } from './tree-node.ts';

/** The nodes VS Code holds, and how each looked when it was drawn last. */
export class ShownNodes {
  private readonly nodes = new Map<string, TreeNode>();
  private readonly looks = new Map<string, string>();

  /** `current` makes a node anew, as it is now. */
  constructor(private readonly current: (node: TreeNode) => TreeNode) {}

  add(nodes: readonly TreeNode[]): void {
    for (const node of nodes) this.nodes.set(nodeId(node), node);
  }

  /** The node as it is to be drawn now: VS Code keeps the one it was first given. */
  draw(node: TreeNode): TreeNode {
    const current = this.current(node);
    this.looks.set(nodeId(node), JSON.stringify(current));
    return current;
  }

  /**
   * The nodes, as VS Code holds them, that are to be drawn anew because these batches have changed. With a node VS
   * Code reads all that is below it, so of one way down only the topmost that looks different is named.
   */
  changedBy(batches: Iterable<BatchId>): TreeNode[] {
    const changed = new Map<string, boolean>();
    const topmost = new Set<TreeNode>();
    for (const { feed, slot } of batches) {
      for (const id of new Set([
        feed,
        ...[dayOf(slot), hourOf(slot), slot].map((time) => `${feed}/${time}`),
      ])) {
        const node = this.nodes.get(id);
        if (node === undefined) continue;
        const isChanged = changed.get(id) ?? this.isChanged(node);
        changed.set(id, isChanged);
        if (!isChanged) continue;
        topmost.add(node);
        break;
      }
    }
    return [...topmost];
  }

  has(id: string): boolean {
    return this.nodes.has(id);
  }

  /** Those of these nodes, each naming its parent before itself, that are to be drawn anew. */
  changedAmong(ids: readonly string[]): TreeNode[] {
    return ids.flatMap((id) => {
      const node = this.nodes.get(id);
      return node !== undefined && this.isChanged(node) ? [node] : [];
    });
  }

  clear(): void {
    this.nodes.clear();
    this.looks.clear();
  }

  private isChanged(node: TreeNode): boolean {
    return this.looks.get(nodeId(node)) !== JSON.stringify(this.current(node));
  }
}
