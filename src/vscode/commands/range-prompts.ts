import * as vscode from 'vscode';
import { cancelled, toVtFeedsError } from '../../core/common/errors.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { Slot } from '../../core/feed/slot.ts';
import { TIME_INPUT_HELP, parseTimeInput } from '../../core/feed/time-input.ts';
import { squeezeSentence } from '../../core/range/estimate.ts';
import type { Squeeze } from '../../core/range/estimate.ts';
import { newestMinutes, rangeBetween } from '../../core/range/range-request.ts';
import type { RangeRequest } from '../../core/range/range-request.ts';

interface SpanItem extends vscode.QuickPickItem {
  /** Undefined where the person types both ends. */
  readonly minutes: number | undefined;
}

const SPANS: readonly SpanItem[] = [
  { label: 'Last hour', description: 'the newest 60 minutes', minutes: 60 },
  { label: 'Last 6 hours', description: 'by packages where they are there', minutes: 360 },
  { label: 'Last day', description: 'by packages where they are there', minutes: 1440 },
  { label: 'From … to …', description: 'two times in UTC, at most 7 days back', minutes: undefined },
];

const DOWNLOAD = 'Download';
const OPEN_SETTINGS = 'Open Settings';

/** Asks which minutes of `feed`; an end that is told is not asked for. A question that is dismissed is `cancelled`. */
export async function askSpan(
  feed: Feed,
  told: { readonly from?: Slot; readonly to?: Slot },
): Promise<RangeRequest> {
  if (told.from === undefined && told.to === undefined) {
    const options = { title: `Download ${feedInfo(feed).title}`, placeHolder: 'Which minutes?' };
    const chosen = await vscode.window.showQuickPick(SPANS, options);
    if (chosen === undefined) throw cancelled();
    if (chosen.minutes !== undefined) return newestMinutes(feed, chosen.minutes, Date.now());
  }
  const from =
    told.from ??
    (await askEnd(feed, 'first', '-6h', (slot) => rangeBetween(feed, slot, told.to ?? slot, Date.now())));
  const to =
    told.to ?? (await askEnd(feed, 'last', 'latest', (slot) => rangeBetween(feed, from, slot, Date.now())));
  return rangeBetween(feed, from, to, Date.now());
}

/** Asks whether what does not fit beside the rest is downloaded all the same. Fails with `cancelled`. */
export async function confirmSqueeze(squeeze: Squeeze, minutes: number): Promise<void> {
  const buttons = squeeze.kind === 'doesNotFit' ? [DOWNLOAD, OPEN_SETTINGS] : [DOWNLOAD];
  const question = 'Download more than the store has room for?';
  const options = { modal: true, detail: squeezeSentence(squeeze, minutes) };
  const answer = await vscode.window.showWarningMessage(question, options, ...buttons);
  if (answer === OPEN_SETTINGS)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'vtFeeds.maxStoreSizeMB');
  if (answer !== DOWNLOAD) throw cancelled();
}

/** One end of a range; what `check` refuses is refused while it is typed. */
async function askEnd(
  feed: Feed,
  which: 'first' | 'last',
  value: string,
  check: (slot: Slot) => unknown,
): Promise<Slot> {
  const validateInput = (text: string): string | undefined => {
    const slot = parseTimeInput(text, Date.now());
    if (slot === undefined) return `Not a time. Write ${TIME_INPUT_HELP}.`;
    try {
      check(slot);
      return undefined;
    } catch (error) {
      return toVtFeedsError(error).message;
    }
  };
  const typed = await vscode.window.showInputBox({
    title: `${feedInfo(feed).title}: ${which} minute or hour, in UTC`,
    prompt: TIME_INPUT_HELP,
    value,
    validateInput,
  });
  const slot = parseTimeInput(typed ?? '', Date.now());
  if (slot === undefined) throw cancelled();
  return slot;
}
