import * as vscode from 'vscode';
import { apiKeyProblem, parseApiKey } from '../../core/api/api-key.ts';
import type { ApiKey } from '../../core/api/api-key.ts';
import { VtFeedsError, cancelled, hasCode, toVtFeedsError } from '../../core/common/errors.ts';
import { FEEDS } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { KeyStore } from '../platform/key-store.ts';
import { feedNames } from '../platform/licences.ts';
import type { Licences } from '../platform/licences.ts';
import type { LicenceState } from '../../core/catalog/catalog.ts';
import type { CommandMap } from './command-ids.ts';

/** Sets and clears the API key. No way leads from here to the key itself. */
export class KeyCommands {
  readonly map: CommandMap<'vtFeeds.setApiKey' | 'vtFeeds.clearApiKey'> = {
    'vtFeeds.setApiKey': async (argument) => {
      const key = argument === undefined ? await askKey() : checkedKey(argument);
      await this.keys.set(key);
      if (this.source.current === 'sample') await this.source.choose('virustotal');
      const licences = await this.check();
      return licences === undefined ? { checked: false } : { checked: true, feeds: licences };
    },
    'vtFeeds.clearApiKey': async () => {
      await this.keys.clear();
      await this.licences.forget();
      void vscode.window.showInformationMessage('The API key was removed from this computer.');
      return { status: 'cleared' };
    },
  };

  constructor(
    private readonly keys: KeyStore,
    private readonly source: FeedSource,
    private readonly licences: Licences,
  ) {}

  /** Says which feeds the key opens. Without a network the key stays, unchecked; a wrong key is an error. */
  private async check(): Promise<Readonly<Record<Feed, LicenceState>> | undefined> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: 'Checking which feeds the key opens',
    };
    try {
      const found = await vscode.window.withProgress(options, () =>
        this.licences.check(new AbortController().signal),
      );
      void vscode.window.showInformationMessage(licenceSentence(found));
      return found;
    } catch (error) {
      if (hasCode(error, 'wrongApiKey')) throw error;
      const { message } = toVtFeedsError(error);
      void vscode.window.showWarningMessage(`The API key is stored, but could not be checked. ${message}`);
      return undefined;
    }
  }
}

function licenceSentence(licences: Readonly<Record<Feed, LicenceState>>): string {
  const open = FEEDS.filter((feed) => licences[feed] === 'licensed');
  const closed = FEEDS.filter((feed) => licences[feed] === 'unlicensed');
  if (open.length === 0)
    return 'The API key is stored, but it has no licence for any feed. Ask VirusTotal for one.';
  const rest = closed.length === 0 ? '' : ` It has no licence for ${feedNames(closed)}.`;
  return `The API key is stored. It opens ${feedNames(open)}.${rest}`;
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
