import type { Feed } from '../../core/feed/feed.ts';
import type { LicenceState } from '../../core/catalog/catalog.ts';
import type { SlotState } from '../../core/catalog/slot-state.ts';
import type { RangePhase } from '../../core/range/range-phase.ts';
import type { Day, Hour, Minute } from '../../core/feed/slot.ts';

/** What the tree shows. `feed` and `time` are named as in command arguments, so that a node can be one. */
export type TreeNode = DownloadsNode | RangeNode | FeedNode | DayNode | HourNode | MinuteNode;

/** The group of all ranges. */
export interface DownloadsNode {
  readonly node: 'downloads';
  readonly feed?: undefined;
  /** Its ranges. */
  readonly ids: readonly string[];
  /** How many of them go on by themselves. */
  readonly underWay: number;
}

export interface RangeNode {
  readonly node: 'range';
  readonly id: string;
  readonly feed: Feed;
  readonly to: Minute;
  /** Short, for the row. */
  readonly label: string;
  readonly title: string;
  readonly phase: RangePhase['phase'];
  readonly progress: string;
  /** A sentence on why it stands still or what became of it; empty while there is none. */
  readonly details: string;
  /** Whether some of its minutes failed, or are left. */
  readonly incomplete: boolean;
}

/** How a feed is followed. */
export interface FollowLook {
  readonly text: string;
  readonly elsewhere: boolean;
  /** Until a person has looked at its problem. */
  readonly standsStill: boolean;
}

export interface FeedNode {
  readonly node: 'feed';
  readonly feed: Feed;
  readonly licence: LicenceState;
  /** Stored minutes. */
  readonly stored: number;
  readonly follow?: FollowLook;
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
    case 'downloads':
      return node.node;
    case 'range':
      return node.id;
    case 'feed':
      return node.feed;
    case 'day':
      return `${node.feed}/${node.day}`;
    case 'hour':
    case 'minute':
      return `${node.feed}/${node.time}`;
  }
}
