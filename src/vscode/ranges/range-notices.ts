import * as vscode from 'vscode';
import { toVtFeedsError } from '../../core/common/errors.ts';
import { sanitizeForUi } from '../../core/common/sanitize.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { Problem } from '../../core/range/problem.ts';
import { minuteCount, servedPart, spanText } from '../../core/range/range-request.ts';
import type { RangeRequest } from '../../core/range/range-request.ts';
import type { RangeRun } from '../../core/range/range-run.ts';
import { minutesText, reportSentence } from '../../core/range/report-text.ts';
import type { TaskRun } from '../../core/range/task-run.ts';
import type { Log } from '../platform/log.ts';
import { actionsFor, titleOf } from './notice-actions.ts';
import type { NoticeAction } from './notice-actions.ts';
import type { RangeReports } from './range-reports.ts';
import type { RangeService } from './range-service.ts';

const LONGEST_NOTICE = 600;
const DOWNLOAD = 'Download Range';

/** Tells a person of ranges and follows that stand still, and asks what a person has to decide. */
export class RangeNotices {
  /** Ranges whose end some code waits for: it gets the outcome, and nobody else is asked. */
  private readonly awaited = new Set<string>();

  constructor(
    private readonly ranges: RangeService,
    private readonly reports: RangeReports,
    private readonly log: Log,
  ) {}

  /** Keeps quiet about a range while `work`, which waits for its end, runs. */
  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.awaited.add(id);
    try {
      return await work();
    } finally {
      this.awaited.delete(id);
    }
  }

  /** A range or follow of this window stands still. */
  tell(run: TaskRun): void {
    const { id, problem } = run;
    const isAtItsEnd = run.kind === 'range' && run.phase.phase === 'finished';
    if (problem?.code === 'cancelled') return;
    if (problem !== undefined) this.log.warn(`${id}: ${problem.sentence}`);
    if (isAtItsEnd) this.log.info(reportSentence(run.record));
    if (this.awaited.has(id)) return;
    if (problem !== undefined) this.quietly(this.ask(run, problem));
    else if (isAtItsEnd) this.quietly(this.report(run));
  }

  /** Offers what follows of this window have left out because it was too much to catch up with. */
  tellSkipped(): void {
    for (const { run, elsewhere } of this.ranges.shown) {
      const skipped = run.kind === 'follow' && !elsewhere ? run.takeSkipped() : undefined;
      if (run.kind === 'follow' && skipped !== undefined) this.quietly(this.offer(run.feed, skipped));
    }
  }

  private async ask(run: TaskRun, problem: Problem): Promise<void> {
    const asked = JSON.stringify(run.phase);
    const actions = actionsFor(problem, run.kind === 'range' ? 'stopHere' : 'stopFollowing');
    const action = await choose(vscode.window.showWarningMessage, problem.sentence, actions);
    // An old question says nothing of what happened since.
    const now = this.ranges.shown.find(({ run: { id } }) => id === run.id);
    if (action !== undefined && JSON.stringify(now?.run.phase) === asked) await this.act(action, run);
  }

  private async report(run: RangeRun): Promise<void> {
    const actions: readonly NoticeAction[] = run.isIncomplete ? ['report', 'retry'] : ['report'];
    const action = await choose(vscode.window.showInformationMessage, reportSentence(run.record), actions);
    if (action !== undefined) await this.act(action, run);
  }

  private async offer(feed: Feed, span: Pick<RangeRequest, 'from' | 'to'>): Promise<void> {
    const range = { feed, ...span };
    const sentence =
      `Following ${feedInfo(feed).title}: ${minutesText(minuteCount(range))} went by unseen (${spanText(range)} UTC). ` +
      'What is still served of them can be downloaded as a range.';
    const chosen = await vscode.window.showInformationMessage(sentence, DOWNLOAD);
    if (chosen !== DOWNLOAD) return;
    const argument = { node: 'notice', ...servedPart(range, Date.now()) };
    await vscode.commands.executeCommand('vtFeeds.downloadRange', argument);
  }

  private async act(action: NoticeAction, run: TaskRun): Promise<void> {
    switch (action) {
      case 'continue':
      case 'retry':
        await (run.kind === 'range' ? this.ranges.resume(run.id) : this.ranges.beginFollow(run.feed));
        break;
      case 'stopHere':
        await this.ranges.finish(run.id);
        break;
      case 'stopFollowing':
        if (run.kind === 'follow') await this.ranges.endFollow(run.feed);
        break;
      case 'report':
        await this.reports.show(run.id);
        break;
      case 'setKey':
        await vscode.commands.executeCommand('vtFeeds.setApiKey');
        break;
      case 'clearStore':
        await vscode.commands.executeCommand('vtFeeds.clearStore');
        break;
      case 'storeSettings':
        await openSettings('vtFeeds.maxStoreSizeMB');
        break;
      case 'proxySettings':
        await openSettings('http.proxy');
        break;
    }
  }

  /** Nobody waits for a notice; what goes wrong behind its buttons is shown and kept in the log. */
  private quietly(notice: Promise<void>): void {
    notice.catch((thrown: unknown) => {
      const error = toVtFeedsError(thrown);
      this.log.error('A notice', error);
      void vscode.window.showErrorMessage(sanitizeForUi(error.message, LONGEST_NOTICE));
    });
  }
}

async function choose(
  show: (text: string, ...titles: string[]) => Thenable<string | undefined>,
  sentence: string,
  actions: readonly NoticeAction[],
): Promise<NoticeAction | undefined> {
  const chosen = await show(sanitizeForUi(sentence, LONGEST_NOTICE), ...actions.map(titleOf));
  return actions.find((action) => titleOf(action) === chosen);
}

function openSettings(setting: string): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
