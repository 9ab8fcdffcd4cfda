import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { followText } from '../../core/range/follow-text.ts';
import { progressText } from '../../core/range/progress-text.ts';
import { shortSpanText } from '../../core/range/range-request.ts';
import type { RangeRun } from '../../core/range/range-run.ts';
import { rangeTitle, reportSentence } from '../../core/range/report-text.ts';
import type { ShownTask } from '../../core/range/tasks.ts';
import type { DownloadsNode, FollowLook, RangeNode } from './tree-node.ts';

/** What the tree shows of ranges and follows; built out of what the window knows, asking nobody. */
export class DownloadNodes {
  constructor(
    private readonly shown: () => readonly ShownTask[],
    private readonly now: () => number,
  ) {}

  /** The group above the feeds, as long as there is a range. */
  roots(): DownloadsNode[] {
    const ranges = this.ranges();
    return ranges.length === 0 ? [] : [this.groupOf(ranges)];
  }

  /** The group as it is now, empty or not. */
  group(): DownloadsNode {
    return this.groupOf(this.ranges());
  }

  /** What runs first, then what stands still, then what has ended; newer minutes first. */
  ranges(): RangeNode[] {
    const order = ['running', 'waiting', 'paused', 'finished'];
    return this.shown()
      .flatMap((task) => (task.run.kind === 'range' ? [this.node(task.run, task.elsewhere)] : []))
      .sort(
        (one, other) => order.indexOf(one.phase) - order.indexOf(other.phase) || (one.to < other.to ? 1 : -1),
      );
  }

  range(id: string): RangeNode | undefined {
    return this.ranges().find((range) => range.id === id);
  }

  /** How a feed is followed; undefined where it is not. */
  followOf(feed: Feed): FollowLook | undefined {
    for (const { run, elsewhere } of this.shown())
      if (run.kind === 'follow' && run.feed === feed)
        return { text: followText(run.phase, this.now()), elsewhere, standsStill: !run.isUnderWay };
    return undefined;
  }

  private groupOf(ranges: readonly RangeNode[]): DownloadsNode {
    return { node: 'downloads', ids: ranges.map(({ id }) => id), underWay: ranges.filter(isUnderWay).length };
  }

  private node(run: RangeRun, elsewhere: boolean): RangeNode {
    const { id, request, phase } = run;
    const isFinished = phase.phase === 'finished';
    return {
      node: 'range',
      id,
      feed: request.feed,
      to: request.to,
      label: `${feedInfo(request.feed).title} ${shortSpanText(request, this.now())}`,
      title: rangeTitle(run),
      phase: phase.phase,
      progress: progressText(phase, run.progress, this.now()) + (elsewhere ? ' · in another window' : ''),
      details: run.problem?.sentence ?? (isFinished ? reportSentence(run.record) : ''),
      incomplete: run.isIncomplete,
    };
  }
}

function isUnderWay({ phase }: RangeNode): boolean {
  return phase === 'running' || phase === 'waiting';
}
