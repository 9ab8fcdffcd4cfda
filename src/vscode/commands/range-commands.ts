import * as vscode from 'vscode';
import { VtFeedsError } from '../../core/common/errors.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { rangeId } from '../../core/range/range-record.ts';
import type { RangeRecord } from '../../core/range/range-record.ts';
import { reportOf } from '../../core/range/range-report.ts';
import type { RangeReport } from '../../core/range/range-report.ts';
import { newestMinutes, rangeBetween, rangeOfDay, spanText } from '../../core/range/range-request.ts';
import type { RangeRequest } from '../../core/range/range-request.ts';
import { minutesText } from '../../core/range/report-text.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { RangeNotices } from '../ranges/range-notices.ts';
import type { RangeReports } from '../ranges/range-reports.ts';
import type { RangeService } from '../ranges/range-service.ts';
import { parseArguments, parseDay } from './arguments.ts';
import type { CommandMap } from './command-ids.ts';
import type { Prompts } from './prompts.ts';
import { askSpan, confirmSqueeze } from './range-prompts.ts';
import { isFromCode } from './register-commands.ts';

/** What a range resolves with for code: plain. Sizes in bytes, on disk. */
interface RangeResult {
  readonly feed: Feed;
  /** Its first minute. */
  readonly time: string;
  readonly from: string;
  readonly to: string;
  /** `stored`: nothing had to be downloaded; `incomplete`: some minutes failed or were left. */
  readonly status: 'downloaded' | 'stored' | 'incomplete';
  /** Of all its minutes that are in the store. */
  readonly records: number;
  readonly bytes: number;
  readonly report: RangeReport;
}

export interface RangeCommandParts {
  readonly notices: RangeNotices;
  readonly prompts: Prompts;
  readonly ranges: RangeService;
  readonly reports: RangeReports;
  readonly source: FeedSource;
  readonly view: Pick<vscode.TreeView<unknown>, 'visible'>;
}

type Ids =
  | 'vtFeeds.downloadRange'
  | 'vtFeeds.downloadLastHour'
  | 'vtFeeds.downloadLastSixHours'
  | 'vtFeeds.downloadLastDay'
  | 'vtFeeds.downloadDay'
  | 'vtFeeds.pauseRange'
  | 'vtFeeds.resumeRange'
  | 'vtFeeds.retryRange'
  | 'vtFeeds.cancelRange'
  | 'vtFeeds.removeRange'
  | 'vtFeeds.showRangeReport';

/** Downloads many minutes at once, and does what can be done with such a range. */
export class RangeCommands {
  readonly map: CommandMap<Ids> = {
    'vtFeeds.downloadRange': async (argument) => {
      const { feed, from, to } = parseArguments(argument);
      const chosen = feed ?? (await this.parts.prompts.feed());
      const isTold = from !== undefined && to !== undefined;
      const ends = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const range = isTold ? rangeBetween(chosen, from, to, Date.now()) : await askSpan(chosen, ends);
      return this.download(range, argument);
    },
    'vtFeeds.downloadLastHour': (argument) => this.downloadNewest(60, argument),
    'vtFeeds.downloadLastSixHours': (argument) => this.downloadNewest(6 * 60, argument),
    'vtFeeds.downloadLastDay': (argument) => this.downloadNewest(24 * 60, argument),
    'vtFeeds.downloadDay': async (argument) => {
      const { feed = await this.parts.prompts.feed() } = parseArguments(argument);
      return this.download(rangeOfDay(feed, parseDay(argument), Date.now()), argument);
    },
    'vtFeeds.pauseRange': (argument) => this.parts.ranges.pause(this.idOf(argument)),
    'vtFeeds.resumeRange': (argument) => this.parts.ranges.resume(this.idOf(argument)),
    'vtFeeds.retryRange': (argument) => this.parts.ranges.resume(this.idOf(argument)),
    'vtFeeds.cancelRange': (argument) => this.parts.ranges.cancel(this.idOf(argument)),
    'vtFeeds.removeRange': (argument) => this.parts.ranges.cancel(this.idOf(argument)),
    'vtFeeds.showRangeReport': (argument) => this.parts.reports.show(this.idOf(argument)),
  };

  constructor(private readonly parts: RangeCommandParts) {}

  private async downloadNewest(count: number, argument: unknown): Promise<object> {
    const { feed = await this.parts.prompts.feed() } = parseArguments(argument);
    return this.download(newestMinutes(feed, count, Date.now()), argument);
  }

  /** Code gets the range at its end; a person sees it run. */
  private async download(range: RangeRequest, argument: unknown): Promise<object> {
    const { notices, ranges, source } = this.parts;
    await source.access();
    const minutes = await ranges.minutesToTake(range);
    const squeeze = ranges.squeezeOf(range.feed, minutes);
    if (squeeze !== undefined) await confirmSqueeze(squeeze, minutes);
    if (isFromCode(argument)) {
      const id = rangeId(range);
      return notices.during(id, async () => {
        await ranges.begin(range);
        return resultOf(await ranges.ended(id));
      });
    }
    await ranges.begin(range);
    if (minutes > 0 && !this.parts.view.visible) announce(range, minutes);
    return { feed: range.feed, time: range.from, from: range.from, to: range.to, status: 'started' };
  }

  /** The range that a node of the tree, or `{id}`, names. Fails with `notFound`. */
  private idOf(argument: unknown): string {
    const id = (argument as { readonly id?: unknown } | null | undefined)?.id;
    const range = typeof id === 'string' ? this.parts.ranges.range(id) : undefined;
    if (range === undefined)
      throw new VtFeedsError(
        'notFound',
        'There is no such range. Choose one under Downloads in the Feeds view.',
      );
    return range.id;
  }
}

function resultOf(record: RangeRecord): RangeResult {
  const { request, records, bytes } = record;
  const { feed, from, to } = request;
  const report = reportOf(record);
  const isWhole = report.failed + report.left === 0;
  const status = report.downloaded > 0 ? 'downloaded' : 'stored';
  return { feed, time: from, from, to, status: isWhole ? status : 'incomplete', records, bytes, report };
}

/** Where nobody sees the tree, a person is told where to look. */
function announce(range: RangeRequest, minutes: number): void {
  const what = `${feedInfo(range.feed).title} ${spanText(range)} UTC`;
  const show = 'Show Downloads';
  void vscode.window
    .showInformationMessage(`Downloading ${what}: ${minutesText(minutes)}.`, show)
    .then((chosen) => chosen === show && vscode.commands.executeCommand('vtFeeds.feeds.focus'));
}
