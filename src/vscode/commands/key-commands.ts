import * as vscode from 'vscode';
import { apiKeyProblem, parseApiKey } from '../../core/api/api-key.ts';
import type { ApiKey } from '../../core/api/api-key.ts';
import { VtFeedsError, cancelled, hasCode, toVtFeedsError } from '../../core/common/errors.ts';
import { FEEDS } from '../../core/feed/feed.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { KeyStore } from '../platform/key-store.ts';
import { feedNames } from '../platform/licences.ts';
import type { LicenceMap, Licences } from '../platform/licences.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import type { CommandMap } from './command-ids.ts';

/** What a key opens, or why that could not be found out. */
interface Checked {
  readonly licences?: LicenceMap;
  readonly problem?: string;
}

/** Sets and clears the API key. No way leads from here to the key itself. */
export class KeyCommands {
  readonly map: CommandMap<'vtFeeds.setApiKey' | 'vtFeeds.clearApiKey'> = {
    'vtFeeds.setApiKey': async (argument) => {
      const key = argument === undefined || argument === null ? await askKey() : checkedKey(argument);
      const { licences, problem } = await this.check(key);
      await this.keys.set(key);
      if (licences !== undefined) void vscode.window.showInformationMessage(licenceSentence(licences));
      else
        void vscode.window.showWarningMessage(
          `The API key is stored, but could not be checked. ${problem ?? ''}`,
        );
      await this.licences.remember(licences);
      await this.leaveSampleFeeds();
      return licences === undefined ? { checked: false } : { checked: true, feeds: licences };
    },
    'vtFeeds.clearApiKey': async () => {
      await this.keys.clear();
      await this.licences.remember(undefined);
      void vscode.window.showInformationMessage('The API key was removed from this computer.');
      return { status: 'cleared' };
    },
  };

  constructor(
    private readonly keys: KeyStore,
    private readonly source: FeedSource,
    private readonly licences: Licences,
    private readonly queue: DownloadQueue,
  ) {}

  /** Says which feeds a key opens. Without a network it stays unchecked; a wrong key is an error, and is not kept. */
  private async check(key: ApiKey): Promise<Checked> {
    const title = 'Checking which feeds the key opens';
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    try {
      const licences = await vscode.window.withProgress(options, (_, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => {
          controller.abort();
        });
        return this.licences.check(key, controller.signal);
      });
      return { licences };
    } catch (error) {
      if (hasCode(error, 'wrongApiKey') || hasCode(error, 'cancelled')) throw error;
      return { problem: toVtFeedsError(error).message };
    }
  }

  private async leaveSampleFeeds(): Promise<void> {
    if (this.source.current !== 'sample') return;
    await this.queue.cancelAll();
    await this.source.choose('virustotal');
  }
}

function licenceSentence(licences: LicenceMap): string {
  const open = FEEDS.filter((feed) => licences[feed] === 'licensed');
  const closed = FEEDS.filter((feed) => licences[feed] === 'unlicensed');
  if (open.length === 0)
    return 'The API key is stored, but it has no licence for any feed. Ask VirusTotal for one.';
  const rest = closed.length === 0 ? '' : ` It has no licence for ${feedNames(closed)}.`;
  return `The API key is stored.${rest} It opens ${feedNames(open)}.`;
}

async function askKey(): Promise<ApiKey> {
  const typed = await vscode.window.showInputBox({
    title: 'VirusTotal API key',
    prompt:
      'On virustotal.com: click your name, then “API key”. It is kept in the secret storage of VS Code.',
    password: true,
    ignoreFocusOut: true,
    validateInput: apiKeyProblem,
  });
  if (typed === undefined) throw cancelled();
  return checkedKey(typed);
}

function checkedKey(text: unknown): ApiKey {
  const key = typeof text === 'string' ? parseApiKey(text) : undefined;
  if (key !== undefined) return key;
  const problem = apiKeyProblem(typeof text === 'string' ? text : '');
  throw new VtFeedsError('invalidArgument', problem ?? 'This is not an API key.');
}
