import type { Catalog } from '../../core/catalog/catalog.ts';
import { FEEDS } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import {
  DAY_MS,
  HOUR_MS,
  dayAt,
  dayOf,
  hourAt,
  hourOf,
  minutesOf,
  shiftSlot,
  startOf,
} from '../../core/feed/slot.ts';
import type { Day, Hour, Minute } from '../../core/feed/slot.ts';
import { newestMinute, oldestStart } from '../../core/feed/window.ts';
import type { DownloadNodes } from './download-nodes.ts';
import { nodeId } from './tree-node.ts';
import type { DayNode, FeedNode, HourNode, MinuteNode, TreeNode } from './tree-node.ts';

/** Builds the tree out of the clock and the catalog; asks nobody. Newest first at every level. */
export class TreeBuilder {
  constructor(
    private readonly catalog: Catalog,
    private readonly now: () => number,
    private readonly downloads: DownloadNodes,
  ) {}

  roots(): TreeNode[] {
    return [...this.downloads.roots(), ...FEEDS.map((feed) => this.feed(feed))];
  }

  children(node: TreeNode): TreeNode[] {
    switch (node.node) {
      case 'downloads':
        return this.downloads.ranges();
      case 'range':
        return [];
      case 'feed':
        return this.days(node.feed);
      case 'day':
        return this.hours(node.feed, node.day);
      case 'hour':
        return this.minutes(node.feed, node.time);
      case 'minute':
        return [];
    }
  }

  parent(node: TreeNode): TreeNode | undefined {
    switch (node.node) {
      case 'downloads':
      case 'feed':
        return undefined;
      case 'range':
        return this.downloads.group();
      case 'day':
        return this.feed(node.feed);
      case 'hour':
        return this.day(node.feed, dayOf(node.time));
      case 'minute':
        return this.hour(node.feed, hourOf(node.time));
    }
  }

  /** The same node as it is now. */
  current(node: TreeNode): TreeNode {
    switch (node.node) {
      case 'downloads':
        return this.downloads.group();
      case 'range':
        return this.downloads.range(node.id) ?? node;
      case 'feed':
        return this.feed(node.feed);
      case 'day':
        return this.day(node.feed, node.day);
      case 'hour':
        return this.hour(node.feed, node.time);
      case 'minute':
        return this.minute(node.feed, node.time);
    }
  }

  /** Whether the group of ranges is there. */
  get hasDownloads(): boolean {
    return this.downloads.roots().length > 0;
  }

  /** The nodes that ranges and follows change: the group before what is in it, then the feeds. */
  downloadIds(): readonly string[] {
    const ranges = this.downloads.ranges();
    return [...this.downloads.roots(), ...ranges].map(nodeId).concat(FEEDS);
  }

  feed(feed: Feed): FeedNode {
    const licence = this.catalog.licenceOf(feed);
    const follow = this.downloads.followOf(feed);
    const stored = this.catalog.sumOf(feed).count;
    return { node: 'feed', feed, licence, stored, ...(follow === undefined ? {} : { follow }) };
  }

  hour(feed: Feed, time: Hour): HourNode {
    const state = this.catalog.stateOf({ feed, slot: time }, this.now());
    return { node: 'hour', feed, time, state, stored: this.catalog.sumOf(feed, time).count };
  }

  minute(feed: Feed, time: Minute): MinuteNode {
    return { node: 'minute', feed, time, state: this.catalog.stateOf({ feed, slot: time }, this.now()) };
  }

  /** The days that are served, and older ones of which something is stored; of a feed without a licence only these. */
  private days(feed: Feed): DayNode[] {
    const oldest = dayAt(oldestStart(this.now()));
    const days = new Set<Day>(this.catalog.storedDays(feed));
    if (this.catalog.licenceOf(feed) === 'unlicensed')
      return [...days]
        .sort()
        .reverse()
        .map((day) => this.day(feed, day));
    for (let at = newestMinute(this.now()); dayOf(at) >= oldest; at = shiftSlot(at, -DAY_MS / 60_000))
      days.add(dayOf(at));
    return [...days]
      .sort()
      .reverse()
      .map((day) => this.day(feed, day));
  }

  day(feed: Feed, day: Day): DayNode {
    const stored = this.catalog.sumOf(feed, day).count;
    return { node: 'day', feed, day, stored, today: day === dayAt(this.now()) };
  }

  private hours(feed: Feed, day: Day): HourNode[] {
    const newest = hourOf(newestMinute(this.now()));
    const oldest = hourAt(oldestStart(this.now()));
    return hoursOf(day)
      .filter((hour) => hour <= newest)
      .filter((hour) => hour >= oldest || this.catalog.sumOf(feed, hour).count > 0)
      .reverse()
      .map((hour) => this.hour(feed, hour));
  }

  /** Of the minutes still to come only the next is shown, with its time. */
  private minutes(feed: Feed, hour: Hour): MinuteNode[] {
    const next = shiftSlot(newestMinute(this.now()), 1);
    return minutesOf(hour)
      .filter((minute) => minute <= next)
      .reverse()
      .map((minute) => this.minute(feed, minute))
      .filter(({ state }) => state.state !== 'tooOld');
  }
}

function hoursOf(day: Day): Hour[] {
  return Array.from({ length: 24 }, (_, hour) => hourAt(startOf(day) + hour * HOUR_MS));
}
