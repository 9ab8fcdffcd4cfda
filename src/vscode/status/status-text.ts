import { feedInfo } from '../../core/feed/feed.ts';
import { followText } from '../../core/range/follow-text.ts';
import { percentDone, progressText } from '../../core/range/progress-text.ts';
import type { RangeRun } from '../../core/range/range-run.ts';
import { rangeTitle } from '../../core/range/report-text.ts';
import type { ShownTask } from '../../core/range/tasks.ts';

/** An entry of the status bar: its icon, a short text, and all of it in lines. */
export interface StatusText {
  readonly icon: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** `1 download`, `3 downloads`. */
export function downloadsText(count: number): string {
  return `${String(count)} download${count === 1 ? '' : 's'}`;
}

/** What the ranges are doing at `now`, Unix milliseconds; undefined where none goes on or waits for an answer. */
export function rangesStatus(shown: readonly ShownTask[], now: number): StatusText | undefined {
  const ranges = shown.flatMap(({ run }) => (run.kind === 'range' ? [run] : []));
  const underWay = ranges.filter((range) => range.isUnderWay);
  const asking = ranges.filter(({ phase, problem }) => phase.phase === 'paused' && problem !== undefined);
  const told = underWay.length > 0 ? underWay : asking;
  if (told.length === 0) return undefined;
  const lines = told.map(
    (range) => `${rangeTitle(range)}: ${progressText(range.phase, range.progress, now)}`,
  );
  return { icon: iconOf(underWay), text: textOf(told, now), lines };
}

/** Which feeds are followed; undefined where none is. */
export function followsStatus(shown: readonly ShownTask[], now: number): StatusText | undefined {
  const follows = shown.flatMap(({ run }) => (run.kind === 'follow' ? [run] : []));
  const [first] = follows;
  if (first === undefined) return undefined;
  const lines = follows.map(({ feed, phase }) => `${feedInfo(feed).title}: ${followText(phase, now)}`);
  return {
    icon: follows.every((follow) => follow.isUnderWay) ? 'broadcast' : 'warning',
    text: follows.length === 1 ? feedInfo(first.feed).title : `${String(follows.length)} feeds`,
    lines,
  };
}

function iconOf(underWay: readonly RangeRun[]): string {
  if (underWay.length === 0) return 'debug-pause';
  return underWay.every(({ phase }) => phase.phase === 'waiting') ? 'clock' : 'sync~spin';
}

function textOf(ranges: readonly RangeRun[], now: number): string {
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined)
    return `${feedInfo(only.request.feed).title} ${progressText(only.phase, only.progress, now)}`;
  const sum = (of: (range: RangeRun) => number): number =>
    ranges.reduce((total, range) => total + of(range), 0);
  const progress = { done: sum((range) => range.progress.done), total: sum((range) => range.progress.total) };
  return `${String(ranges.length)} ranges ${String(percentDone(progress))}%`;
}
