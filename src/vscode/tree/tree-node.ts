import type { Feed } from '../../core/feed/feed.ts';
import type { LicenceState } from '../../core/catalog/catalog.ts';
import type { SlotState } from '../../core/catalog/slot-state.ts';
import type { Day, Hour, Minute } from '../../core/feed/slot.ts';

/** What the tree shows. `feed` and `time` are named as in command arguments, so that a node can be one. */
export type TreeNode = FeedNode | DayNode | HourNode | MinuteNode;

export interface FeedNode {
  readonly node: 'feed';
  readonly feed: Feed;
  readonly licence: LicenceState;
  /** Stored minutes. */
  readonly stored: number;
}

export interface DayNode {
  readonly node: 'day';
  readonly feed: Feed;
  readonly day: Day;
  readonly stored: number;
  readonly today: boolean;
}

export interface HourNode {
  readonly node: 'hour';
  readonly feed: Feed;
  readonly time: Hour;
  /** Of its package. */
  readonly state: SlotState;
  readonly stored: number;
}

export interface MinuteNode {
  readonly node: 'minute';
  readonly feed: Feed;
  readonly time: Minute;
  readonly state: SlotState;
}

/** One text for one node, the same at every refresh. */
export function nodeId(node: TreeNode): string {
  switch (node.node) {
    case 'feed':
      return node.feed;
    case 'day':
      return `${node.feed}/${node.day}`;
    case 'hour':
    case 'minute':
      return `${node.feed}/${node.time}`;
  }
}
