import type { VtFeedsError } from '../../core/common/errors.ts';
import { parseBatchKey } from '../../core/feed/batch-id.ts';
import { isMinute, shiftSlot } from '../../core/feed/slot.ts';

/** A button under an error. */
export interface ErrorAction {
  readonly title: string;
  readonly command: string;
  readonly argument?: unknown;
}

const SET_KEY: ErrorAction = { title: 'Set API Key', command: 'vtFeeds.setApiKey' };
const USE_SAMPLES: ErrorAction = { title: 'Use Sample Feeds', command: 'vtFeeds.useSampleFeeds' };
const SHOW_LOG: ErrorAction = { title: 'Show Log', command: 'vtFeeds.showLog' };
const CLEAR_STORE: ErrorAction = { title: 'Clear Store…', command: 'vtFeeds.clearStore' };
const GO_TO_TIME: ErrorAction = { title: 'Go to Time…', command: 'vtFeeds.goToTime' };

/** What can be done about an error, as buttons; `again` runs the command that failed once more. */
export function errorActions({ code, facts }: VtFeedsError, again: ErrorAction): readonly ErrorAction[] {
  const batch = facts.batch === undefined ? undefined : parseBatchKey(facts.batch);
  const retry: ErrorAction =
    batch === undefined || typeof again.argument === 'string'
      ? again
      : {
          ...again,
          argument: {
            node: 'error',
            feed: batch.feed,
            time: batch.slot,
            ...(again.argument as object | undefined),
          },
        };
  switch (code) {
    case 'noApiKey':
      return [SET_KEY, USE_SAMPLES];
    case 'otherSource':
      return [USE_SAMPLES, { title: 'Use VirusTotal', command: 'vtFeeds.useVirusTotal' }];
    case 'wrongApiKey':
      return [SET_KEY];
    case 'missingBatch':
      return batch !== undefined && isMinute(batch.slot)
        ? [
            {
              title: 'Open Next Minute',
              command: 'vtFeeds.openBatch',
              argument: next(batch.feed, shiftSlot(batch.slot, 1)),
            },
          ]
        : [];
    case 'missingInARow':
      return [retry, settingsAction('vtFeeds.missingBatchTolerance')];
    case 'notAvailableYet':
      return batch === undefined
        ? []
        : [
            {
              title: 'Open Newest',
              command: 'vtFeeds.openLatest',
              argument: { node: 'error', feed: batch.feed },
            },
          ];
    case 'tooOld':
      return [GO_TO_TIME];
    case 'proxy':
    case 'tls':
      return [settingsAction('http.proxy'), retry];
    case 'storeFull':
      return [settingsAction('vtFeeds.maxStoreSizeMB')];
    case 'diskFull':
      return [CLEAR_STORE, settingsAction('vtFeeds.maxStoreSizeMB')];
    case 'notStored':
    case 'quotaExceeded':
    case 'offline':
    case 'timeout':
    case 'server':
    case 'cutShort':
    case 'emptyBody':
    case 'notBzip2':
    case 'corrupt':
    case 'hashMismatch':
    case 'linkExpired':
      return [retry, SHOW_LOG];
    case 'noLicence':
      return [SET_KEY];
    case 'notFound':
    case 'invalidArgument':
    case 'cancelled':
      return [];
    case 'protocol':
    case 'redirectRefused':
    case 'tooLarge':
    case 'disk':
    case 'internal':
      return [SHOW_LOG];
  }
}

function settingsAction(setting: string): ErrorAction {
  return { title: 'Open Settings', command: 'workbench.action.openSettings', argument: setting };
}

function next(feed: string, time: string): object {
  return { node: 'error', feed, time };
}
